package dev.frazil.plan.parser;

import dev.frazil.plan.parser.TableAlteration.DropReference;
import dev.frazil.plan.parser.TableAlteration.SetReference;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code CREATE [OR REPLACE] | REPLACE BRANCH | TAG ...} and {@code DROP BRANCH | TAG ...} of ALTER
 * TABLE, as Iceberg's extensions of Spark have them.
 */
final class ReferenceParser {
  private final TokenReader reader;
  private final List<TableAlteration> alterations;

  ReferenceParser(TokenReader reader, List<TableAlteration> alterations) {
    this.reader = reader;
    this.alterations = alterations;
  }

  /** Whether the words that come next are about a branch or tag. */
  static boolean isNext(TokenReader reader) {
    boolean or = reader.peek().is("create") && reader.peek(1).is("or");
    SqlToken what = reader.peek(or ? 3 : 1);
    SqlToken name = reader.peek(or ? 4 : 2);
    boolean column = reader.peek().is("drop") && (name.is("cascade") || name.is("restrict"));
    boolean named = !column && (name.isName() || name.kind() == SqlToken.Kind.STRING);
    return (what.is("branch") || what.is("tag")) && named;
  }

  void read() {
    if (reader.accept("drop")) {
      boolean branch = isBranch();
      boolean ifExists = reader.accept("if", "exists");
      int offset = reader.peek().start();
      alterations.add(new DropReference(reader.branch(), branch, ifExists, offset));
      return;
    }
    boolean create = reader.accept("create");
    boolean orReplace = create && reader.accept("or", "replace");
    if (!create) {
      reader.expect("replace");
    }
    boolean branch = isBranch();
    boolean ifNotExists = create && !orReplace && reader.accept("if", "not", "exists");
    int offset = reader.peek().start();
    String name = reader.branch();
    @Nullable Long snapshotId = null;
    if (reader.accept("as", "of", "version")) {
      snapshotId = snapshotId();
    }
    @Nullable Long maxRefAge = reader.accept("retain") ? duration() : null;
    @Nullable Integer minSnapshots = null;
    @Nullable Long maxSnapshotAge = null;
    if (branch && reader.accept("with", "snapshot", "retention")) {
      if (reader.peek(1).is("snapshots")) {
        minSnapshots = reader.wholeNumber("a number of snapshots");
        reader.expect("snapshots");
      }
      if (minSnapshots == null || reader.peek().kind() == SqlToken.Kind.NUMBER) {
        maxSnapshotAge = duration();
      }
    }
    SetReference.Mode mode =
        !create
            ? SetReference.Mode.REPLACE
            : orReplace
                ? SetReference.Mode.CREATE_OR_REPLACE
                : ifNotExists ? SetReference.Mode.CREATE_IF_NOT_EXISTS : SetReference.Mode.CREATE;
    alterations.add(
        new SetReference(
            name, branch, mode, snapshotId, maxRefAge, minSnapshots, maxSnapshotAge, offset));
  }

  private boolean isBranch() {
    if (reader.accept("branch")) {
      return true;
    }
    reader.expect("tag");
    return false;
  }

  private long snapshotId() {
    SqlToken token = reader.peek();
    try {
      if (token.kind() == SqlToken.Kind.NUMBER) {
        return Long.parseLong(reader.next().value());
      }
    } catch (NumberFormatException e) {
      throw reader.source().syntaxError(token.start(), "the snapshot id is out of range");
    }
    throw reader.expected("the id of a snapshot");
  }

  /** In milliseconds. */
  private long duration() {
    int count = reader.wholeNumber("a number of DAYS, HOURS or MINUTES");
    TimeUnit unit =
        reader.accept("days") || reader.accept("day")
            ? TimeUnit.DAYS
            : reader.accept("hours") || reader.accept("hour")
                ? TimeUnit.HOURS
                : reader.accept("minutes") || reader.accept("minute") ? TimeUnit.MINUTES : null;
    if (unit == null) {
      throw reader.expected("DAYS, HOURS or MINUTES");
    }
    return unit.toMillis(count);
  }
}
