package dev.frazil.plan;

import dev.frazil.catalog.TableBranch;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.TableNames.Found;
import dev.frazil.plan.parser.SqlText;
import dev.frazil.plan.parser.TableName;
import dev.frazil.txn.TravelPoint;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.util.PropertyUtil;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a name stands for: those of a table, of a branch or tag of it ({@code t @ audit}),
 * of what Spark writes as the last part of a name ({@code main.t.branch_audit}, {@code
 * main.t.tag_eom}, {@code main.t.snapshot_id_5}), or of the branch to which {@code wapBranch} sends
 * writes. One a statement.
 */
final class TableReferences {
  private static final String BRANCH = "branch_";
  private static final String TAG = "tag_";
  private static final String SNAPSHOT_ID = "snapshot_id_";
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,19}");

  private final TableNames names;
  private final TableResolver resolver;
  private final @Nullable String wapBranch;

  /**
   * @param wapBranch the branch where changes of tables with {@code write.wap.enabled} go, or null
   */
  TableReferences(TableNames names, TableResolver resolver, @Nullable String wapBranch) {
    this.names = names;
    this.resolver = resolver;
    this.wapBranch = wapBranch;
  }

  /** Whether a word may be a last part of Spark's; most statements hold none. */
  static boolean isSelector(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return lower.startsWith(BRANCH)
        || lower.startsWith(TAG)
        || lower.startsWith(SNAPSHOT_ID)
        || MetadataScan.names().contains(lower);
  }

  /** The rows of the table of a name, or of its branch under audit; null for no table. */
  @Nullable TableHandle find(List<String> name) {
    Found found = names.find(name);
    return found == null ? null : audited(found);
  }

  /** The view of a name, or null. */
  TableNames.@Nullable FoundView findView(List<String> name) {
    return names.findView(name);
  }

  /** Writes to a table under audit go to its branch, and so do reads once the branch is there. */
  private TableHandle audited(Found found) {
    String branch = branchOf(found.table());
    TableHandle audited = branch == null ? null : branch(found.identifier(), branch);
    return audited == null ? CatalogSchema.current(found.identifier(), found.table()) : audited;
  }

  private @Nullable String branchOf(Table table) {
    boolean counts =
        wapBranch != null
            && !MetadataScan.isMetadata(table)
            && PropertyUtil.propertyAsBoolean(
                table.properties(),
                TableProperties.WRITE_AUDIT_PUBLISH_ENABLED,
                Boolean.parseBoolean(TableProperties.WRITE_AUDIT_PUBLISH_ENABLED_DEFAULT));
    return counts ? wapBranch : null;
  }

  /**
   * The table and the selector behind it, as Spark writes them; a table of the name comes first.
   */
  @Nullable TableHandle selected(List<String> name) {
    String last = name.get(name.size() - 1);
    Found table = name.size() < 2 || !isSelector(last) ? null : owner(name);
    if (table == null) {
      return null;
    }
    String selector = last.toLowerCase(Locale.ROOT);
    if (selector.startsWith(BRANCH)) {
      return reference(table, last.substring(BRANCH.length()), true);
    } else if (selector.startsWith(TAG)) {
      return reference(table, last.substring(TAG.length()), false);
    } else if (selector.startsWith(SNAPSHOT_ID)) {
      Long id = snapshotId(last.substring(SNAPSHOT_ID.length()));
      return id == null ? null : snapshot(table, id);
    }
    Found metadata = names.find(sibling(name, MetadataScan.SEPARATOR + selector));
    return metadata == null ? null : CatalogSchema.current(metadata.identifier(), metadata.table());
  }

  private @Nullable Found owner(List<String> name) {
    Found found = names.find(name.subList(0, name.size() - 1));
    return found == null || MetadataScan.isMetadata(found.table()) ? null : found;
  }

  /** The name without its last part, and more behind it. */
  private static List<String> sibling(List<String> name, String suffix) {
    List<String> sibling = new java.util.ArrayList<>(name.subList(0, name.size() - 1));
    int last = sibling.size() - 1;
    sibling.set(last, sibling.get(last) + suffix);
    return sibling;
  }

  /**
   * The table or branch that a statement changes.
   *
   * <p>Errors: 42P01 no such table, 22023 no such branch, or a second one beside {@code wapBranch},
   * 0A000 a tag, snapshot or metadata table, which do not change.
   */
  TableHandle target(TableName name, SqlText source) {
    Found found = names.find(name.texts());
    TableHandle chosen = found == null ? selected(name.texts()) : null;
    if (found != null && MetadataScan.isMetadata(found.table())) {
      throw metadata(name, source);
    }
    String branch = name.branch();
    if (found != null && branch != null) {
      chosen = reference(found, branch);
    }
    if (chosen != null) {
      return chosen(name, chosen, source);
    } else if (found == null) {
      throw names.missing(name.texts(), source.position(name.offset()));
    }
    String audited = branchOf(found.table());
    return audited == null
        ? CatalogSchema.current(found.identifier(), found.table())
        : toBeAudited(found, audited);
  }

  /** What the statement itself says, if that can be changed. */
  private TableHandle chosen(TableName name, TableHandle chosen, SqlText source) {
    if (MetadataScan.isMetadata(chosen.table())) {
      throw metadata(name, source);
    } else if (chosen.timeTravel()) {
      throw source.unsupported(
          name.offset(),
          "a change of " + TableBranch.text(chosen.identifier()) + ", which is no branch:");
    }
    String audited = branchOf(chosen.table());
    if (audited != null) {
      throw new EngineException(
          SqlState.INVALID_PARAMETER_VALUE,
          "a change of "
              + TableBranch.text(chosen.identifier())
              + " beside wapBranch = '"
              + audited
              + "': of the two branches name one; SET wapBranch = DEFAULT takes it back");
    }
    return chosen;
  }

  private static EngineException metadata(TableName name, SqlText source) {
    return source.unsupported(
        name.offset(), "a change of the metadata table " + name.last().text());
  }

  /** The branch, or the table under the name of a branch that its first change makes. */
  private TableHandle toBeAudited(Found found, String branch) {
    SnapshotRef ref = found.table().refs().get(branch);
    if (ref != null && !ref.isBranch()) {
      throw new EngineException(
          SqlState.INVALID_PARAMETER_VALUE,
          "wapBranch = '" + branch + "' is a tag of table " + found.identifier());
    }
    TableHandle existing = branch(found.identifier(), branch);
    return existing != null
        ? existing
        : CatalogSchema.current(TableBranch.of(found.identifier(), branch), found.table());
  }

  /** The head of a branch, with the columns of today; null where there is none. */
  private @Nullable TableHandle branch(TableIdentifier table, String branch) {
    TableIdentifier identifier = TableBranch.of(table, branch);
    return resolver
        .load(identifier)
        .map(loaded -> CatalogSchema.current(identifier, loaded))
        .orElse(null);
  }

  /**
   * A branch, as it is now, or a tag, with the columns of its snapshot; 22023 with the nearest
   * names.
   */
  TableHandle reference(Found found, String name) {
    return reference(found, name, null);
  }

  private TableHandle reference(Found found, String name, @Nullable Boolean isBranch) {
    Table table = found.table();
    String known = spelling(table.refs(), name);
    SnapshotRef ref = known == null ? null : table.refs().get(known);
    if (known == null || ref == null || (isBranch != null && isBranch != ref.isBranch())) {
      throw new EngineException(
          SqlState.INVALID_PARAMETER_VALUE,
          "table "
              + found.identifier()
              + " has no "
              + (isBranch == null ? "branch or tag" : isBranch ? "branch" : "tag")
              + " '"
              + name
              + "'"
              + NearestNames.hint(name, table.refs().keySet()));
    }
    if (MetadataScan.isMetadata(table)) {
      return new TableHandle(found.identifier(), table, ref.snapshotId(), true)
          .calledBy(new TravelPoint.Reference(known));
    }
    TableHandle branch = ref.isBranch() ? branch(found.identifier(), known) : null;
    return branch != null
        ? branch
        : new TableHandle(TableBranch.of(found.identifier(), known), table, ref.snapshotId(), true)
            .calledBy(new TravelPoint.Reference(known));
  }

  /** Exact first, else the one that differs in case only. */
  private static @Nullable String spelling(Map<String, SnapshotRef> refs, String name) {
    Set<String> known = refs.keySet();
    return known.contains(name)
        ? name
        : known.stream().filter(name::equalsIgnoreCase).findFirst().orElse(null);
  }

  /** A branch or tag, else the snapshot of a number. */
  TableHandle named(Found found, String name) {
    Long id = found.table().refs().containsKey(name) ? null : snapshotId(name);
    return id == null ? reference(found, name) : snapshot(found, id);
  }

  /** The id that a text is, whose greatest has 19 digits; null for other texts. */
  static @Nullable Long snapshotId(String text) {
    if (!NUMBER.matcher(text).matches()) {
      return null;
    }
    BigInteger number = new BigInteger(text);
    return number.bitLength() < Long.SIZE ? number.longValue() : null;
  }

  /** A snapshot, with the columns of its time; 22023. */
  TableHandle snapshot(Found found, long id) {
    if (found.table().snapshot(id) == null) {
      throw new EngineException(
          SqlState.INVALID_PARAMETER_VALUE,
          "table " + found.identifier() + " has no snapshot " + id);
    }
    return new TableHandle(found.identifier(), found.table(), id, true);
  }
}
