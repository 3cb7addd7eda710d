package dev.frazil.plan;

import dev.frazil.catalog.SchemaName;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.parser.SqlText;
import dev.frazil.plan.parser.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.MetadataTableType;
import org.apache.iceberg.MetadataTableUtils;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.view.ViewMetadata;
import org.jspecify.annotations.Nullable;

/** Names as written to tables and schemas: exact first, then whatever the case. One a statement. */
final class TableNames {
  private final TableResolver resolver;
  private final Map<List<String>, Found> found = new HashMap<>();

  TableNames(TableResolver resolver) {
    this.resolver = resolver;
  }

  /** A table that exists. */
  record Found(TableIdentifier identifier, Table table) {}

  /** A view that exists. */
  record FoundView(TableIdentifier identifier, ViewMetadata view) {}

  /** The view of that name, or null. */
  @Nullable FoundView findView(List<String> name) {
    TableIdentifier exact = identifier(name);
    Optional<ViewMetadata> view = resolver.view(exact);
    if (view.isPresent()) {
      return new FoundView(exact, view.get());
    }
    Namespace schema = findSchema(exact.namespace());
    if (schema == null) {
      return null;
    }
    for (TableIdentifier candidate : resolver.views(schema)) {
      if (candidate.name().equalsIgnoreCase(exact.name())) {
        return resolver.view(candidate).map(found -> new FoundView(candidate, found)).orElse(null);
      }
    }
    return null;
  }

  /** The name of a view as it is stored, or null; what the view holds is not read. */
  @Nullable TableIdentifier findViewName(List<String> name) {
    TableIdentifier wanted = identifier(name);
    Namespace schema = findSchema(wanted.namespace());
    TableIdentifier similar = null;
    for (TableIdentifier candidate :
        schema == null ? List.<TableIdentifier>of() : resolver.views(schema)) {
      if (candidate.equals(wanted)) {
        return candidate;
      }
      if (similar == null && candidate.name().equalsIgnoreCase(wanted.name())) {
        similar = candidate;
      }
    }
    return similar;
  }

  /** The view of that name; 42P01, or 42809 for a table. */
  FoundView requireView(TableName name, SqlText source) {
    FoundView found = findView(name.texts());
    if (found != null) {
      return found;
    }
    String position = source.position(name.offset());
    if (find(name.texts()) != null) {
      throw new EngineException(
          SqlState.WRONG_OBJECT_TYPE,
          "\"" + name.describe() + "\" is a table, not a view (" + position + ")");
    }
    TableIdentifier wanted = identifier(name.texts());
    List<String> candidates = new ArrayList<>();
    for (Namespace schema : resolver.schemas()) {
      for (TableIdentifier view : resolver.views(schema)) {
        candidates.add(schema.equals(resolver.currentSchema()) ? view.name() : view.toString());
      }
    }
    throw new EngineException(
        SqlState.UNDEFINED_TABLE,
        "view \""
            + name.describe()
            + "\" does not exist ("
            + position
            + ")"
            + NearestNames.hint(wanted.name(), candidates));
  }

  /** The table of that name, or null. */
  @Nullable Found find(List<String> name) {
    Found known = found.get(name);
    if (known == null) {
      known = load(name);
      if (known != null) {
        found.put(name, known);
      }
    }
    return known;
  }

  private @Nullable Found load(List<String> name) {
    Found table = loadTable(name);
    return table == null ? loadMetadata(name) : table;
  }

  /** {@code t$snapshots}: made of the metadata of {@code t}. */
  private @Nullable Found loadMetadata(List<String> name) {
    int last = name.size() - 1;
    String text = name.get(last);
    int separator = text.lastIndexOf(MetadataScan.SEPARATOR);
    MetadataTableType type =
        separator <= 0 ? null : MetadataTableType.from(text.substring(separator + 1));
    if (type == null) {
      return null;
    }
    List<String> base = new ArrayList<>(name);
    base.set(last, text.substring(0, separator));
    Found found = find(base);
    if (found == null) {
      if (findView(base) != null) {
        throw EngineException.unsupported("a metadata table of the view " + String.join(".", base));
      }
      return null;
    }
    TableIdentifier own = found.identifier();
    return new Found(
        TableIdentifier.of(
            own.namespace(),
            own.name() + MetadataScan.SEPARATOR + type.name().toLowerCase(Locale.ROOT)),
        MetadataTableUtils.createMetadataTableInstance(found.table(), type));
  }

  private @Nullable Found loadTable(List<String> name) {
    TableIdentifier exact = identifier(name);
    Optional<Table> table = resolver.load(exact);
    if (table.isPresent()) {
      return new Found(exact, table.get());
    }
    if (resolver.view(exact).isPresent()) {
      return null;
    }
    Namespace schema = findSchema(exact.namespace());
    if (schema == null) {
      return null;
    }
    for (TableIdentifier candidate : resolver.tables(schema)) {
      if (candidate.name().equalsIgnoreCase(exact.name())) {
        return resolver.load(candidate).map(loaded -> new Found(candidate, loaded)).orElse(null);
      }
    }
    return null;
  }

  /** The table of that name; 42P01 with the nearest names. */
  Found require(TableName name, SqlText source) {
    Found found = find(name.texts());
    if (found == null) {
      throw missing(name.texts(), source.position(name.offset()));
    }
    return found;
  }

  /** A 42P01. */
  EngineException missing(List<String> name, String position) {
    TableIdentifier wanted = identifier(name);
    if (findView(name) != null) {
      return new EngineException(
          SqlState.WRONG_OBJECT_TYPE,
          "\""
              + String.join(".", name)
              + "\" is a view, and this is possible with a table only ("
              + position
              + ")");
    }
    if (findSchema(wanted.namespace()) == null) {
      List<String> schemas = resolver.schemas().stream().map(Namespace::toString).toList();
      return new EngineException(
          SqlState.UNDEFINED_TABLE,
          "table \""
              + String.join(".", name)
              + "\" does not exist: there is no schema \""
              + wanted.namespace()
              + "\" ("
              + position
              + ")"
              + NearestNames.hint(wanted.namespace().toString(), schemas));
    }
    List<String> candidates = new ArrayList<>();
    for (Namespace schema : resolver.schemas()) {
      for (TableIdentifier table : resolver.tables(schema)) {
        candidates.add(schema.equals(resolver.currentSchema()) ? table.name() : table.toString());
      }
      for (TableIdentifier view : resolver.views(schema)) {
        candidates.add(schema.equals(resolver.currentSchema()) ? view.name() : view.toString());
      }
    }
    return new EngineException(
        SqlState.UNDEFINED_TABLE,
        "table \""
            + String.join(".", name)
            + "\" does not exist ("
            + position
            + ")"
            + NearestNames.hint(String.join(".", name), candidates));
  }

  /** The full name of a table that is to be created: in an existing schema, in its spelling. */
  TableIdentifier identifierToCreate(TableName name, SqlText source) {
    TableIdentifier wanted = identifier(name.texts());
    Namespace schema = findSchema(wanted.namespace());
    if (schema == null) {
      // A new database has its current schema from the first write on.
      if (wanted.namespace().equals(resolver.currentSchema())) {
        return wanted;
      }
      throw new EngineException(
          SqlState.SCHEMA_NOT_FOUND,
          "schema \""
              + wanted.namespace()
              + "\" does not exist ("
              + source.position(name.offset())
              + "): create it with CREATE SCHEMA");
    }
    return TableIdentifier.of(schema, wanted.name());
  }

  /** The full name of a table that may not exist, in the spelling of an existing schema. */
  TableIdentifier identifierIfAbsent(List<String> name) {
    TableIdentifier wanted = identifier(name);
    Namespace schema = findSchema(wanted.namespace());
    return schema == null ? wanted : TableIdentifier.of(schema, wanted.name());
  }

  /** The schema of that name, or null. */
  @Nullable Namespace findSchema(Namespace wanted) {
    Namespace insensitive = null;
    for (Namespace schema : resolver.schemas()) {
      if (schema.equals(wanted)) {
        return schema;
      }
      if (insensitive == null && sameText(schema, wanted)) {
        insensitive = schema;
      }
    }
    return insensitive;
  }

  /** A schema of several levels has one name to JDBC, which clients quote as a whole. */
  private static boolean sameText(Namespace schema, Namespace wanted) {
    return schema.toString().equalsIgnoreCase(wanted.toString())
        || (wanted.length() == 1 && SchemaName.text(schema).equalsIgnoreCase(wanted.level(0)));
  }

  /** The schema of that name; 3F000 with the nearest names. */
  Namespace requireSchema(TableName name, SqlText source) {
    Namespace wanted = Namespace.of(name.texts().toArray(new String[0]));
    Namespace found = findSchema(wanted);
    if (found == null) {
      List<String> schemas = resolver.schemas().stream().map(Namespace::toString).toList();
      throw new EngineException(
          SqlState.SCHEMA_NOT_FOUND,
          "schema \""
              + wanted
              + "\" does not exist ("
              + source.position(name.offset())
              + ")"
              + NearestNames.hint(wanted.toString(), schemas));
    }
    return found;
  }

  private TableIdentifier identifier(List<String> name) {
    if (name.size() == 1) {
      return TableIdentifier.of(resolver.currentSchema(), name.get(0));
    }
    return TableIdentifier.of(name.toArray(new String[0]));
  }
}
