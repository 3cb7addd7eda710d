package dev.frazil.plan;

import dev.frazil.catalog.DatabaseMoment;
import dev.frazil.plan.parser.ParsedSql;
import dev.frazil.plan.parser.TableAlteration;
import dev.frazil.plan.parser.TableMode;
import dev.frazil.type.SqlType;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * A statement, parsed, resolved and planned. Immutable; valid for the metadata it was planned on.
 */
public sealed interface PlannedStatement {

  /** The types of the {@code ?} markers, in order of the text. */
  default List<SqlType> parameters() {
    return List.of();
  }

  /** SELECT, VALUES, WITH, SHOW, DESCRIBE. */
  record Query(PhysicalNode root, List<ResultColumn> results, List<SqlType> parameters)
      implements PlannedStatement {}

  /**
   * A column of a result.
   *
   * @param label what the client shows
   * @param origin the table that it comes from unchanged, or null
   * @param originColumn its name there, or null
   */
  record ResultColumn(
      String label,
      SqlType type,
      boolean nullable,
      @Nullable TableIdentifier origin,
      @Nullable String originColumn) {}

  /**
   * EXPLAIN: the text of the plan of the inner statement, one line a row.
   *
   * @param analyze whether the statement is run, and the text says what its operators did
   */
  record Explain(PlannedStatement statement, boolean analyze) implements PlannedStatement {
    @Override
    public List<SqlType> parameters() {
      return statement.parameters();
    }
  }

  /**
   * INSERT: the source's columns are the table's columns, all of them, in order, in the table's
   * types.
   *
   * @param source rows to append; not-null columns are checked by the writer (23502). What the
   *     statement returns of each row follows its columns
   * @param replaced what the rows take the place of; null for rows that are only added
   * @param returned the columns of the result; empty without RETURNING
   */
  record Insert(
      TableHandle target,
      PhysicalNode source,
      @Nullable Replaced replaced,
      List<ResultColumn> returned,
      List<SqlType> parameters)
      implements PlannedStatement {}

  /** The rows in whose place those of INSERT OVERWRITE come. */
  sealed interface Replaced {
    /** Those that satisfy a filter in Iceberg's terms, which is true or false for whole files. */
    record Matching(org.apache.iceberg.expressions.Expression filter) implements Replaced {}

    /** Those of the partitions that the new rows fall into. */
    record Partitions() implements Replaced {}
  }

  /** What becomes of one row of a {@link RowChange}. */
  enum RowAction {
    /** Leave it. */
    NONE,
    /** Append the new row. */
    INSERT,
    /** Remove the old row, append the new one. */
    UPDATE,
    /** Remove the old row. */
    DELETE,
    /** Refuse the statement (21000): it would change a row that it has itself inserted. */
    REPEATED
  }

  /**
   * UPDATE, DELETE and MERGE. The source yields: column 0 the {@link RowAction} as its ordinal
   * (integer), column 1 {@code _file} (varchar), column 2 {@code _pos} (bigint), in version 3
   * {@code _row_id} (bigint), then the new row in the table's columns and types (all null for
   * DELETE, or the old row if it is to be returned), then what the statement returns. A target row
   * that appears twice with UPDATE or DELETE is 21000 if {@code rejectDuplicates}, else counted
   * once.
   *
   * @param filter in Iceberg's terms: which rows of the target the statement read, for conflict
   *     validation; {@code alwaysTrue()} when it read all
   * @param keyed whether no other commit may add rows that satisfy {@code filter}, at every level
   *     of isolation: the statement relies on keys that it did not find
   * @param returned the columns of the result, a row for each that is written or removed; empty
   *     without RETURNING
   */
  record RowChange(
      TableHandle target,
      Command command,
      PhysicalNode source,
      org.apache.iceberg.expressions.Expression filter,
      boolean rejectDuplicates,
      boolean keyed,
      List<ResultColumn> returned,
      List<SqlType> parameters)
      implements PlannedStatement {
    /** The statement, for what a table says about each; an upsert counts as MERGE. */
    public enum Command {
      DELETE,
      UPDATE,
      MERGE
    }

    /** How many columns of the source stand in front of the new row. */
    public static int leadingColumns(Table table) {
      return MetadataColumns.hasRowLineage(table) ? 4 : 3;
    }
  }

  /**
   * COPY ... TO: rows that become a file.
   *
   * @param results names and types of the columns of {@code source}
   * @param overwrite whether a file that is there already is replaced
   */
  record CopyTo(
      PhysicalNode source,
      List<ResultColumn> results,
      String location,
      CopyFormat format,
      boolean overwrite,
      List<SqlType> parameters)
      implements PlannedStatement {}

  /**
   * CALL.
   *
   * @param arguments one row: the values of {@code given}, in their order
   * @param given the parameters that have an argument
   */
  record Call(Procedure procedure, Query arguments, List<Procedure.Parameter> given)
      implements PlannedStatement {
    @Override
    public List<SqlType> parameters() {
      return arguments.parameters();
    }
  }

  /** TRUNCATE TABLE, and DELETE without WHERE. */
  record Truncate(TableHandle target) implements PlannedStatement {}

  record CreateSchema(Namespace schema, boolean ifNotExists, Map<String, String> properties)
      implements PlannedStatement {}

  /** ALTER SCHEMA: properties that are set, and those that are taken away. */
  record AlterSchema(Namespace schema, Map<String, String> set, Set<String> removed)
      implements PlannedStatement {}

  /**
   * DROP SCHEMA.
   *
   * @param cascade whether the tables and views in it go too
   */
  record DropSchema(Namespace schema, boolean ifExists, boolean cascade)
      implements PlannedStatement {}

  /**
   * CREATE [OR REPLACE] TABLE, with rows when {@code source} is given (CREATE TABLE ... AS).
   *
   * @param location where its files shall be; null for a folder of the database's choice
   * @param source columns as those of {@code schema}
   */
  record CreateTable(
      TableIdentifier identifier,
      Schema schema,
      PartitionSpec partitioning,
      SortOrder sortOrder,
      Map<String, String> properties,
      @Nullable String location,
      TableMode mode,
      @Nullable PhysicalNode source,
      List<SqlType> parameters)
      implements PlannedStatement {
    public CreateTable {
      properties = Map.copyOf(properties);
    }
  }

  /**
   * ALTER TABLE, each alteration still to be planned on what those before it made of the table.
   *
   * @param alterations none where IF EXISTS finds no table
   * @param parsed the text that they are slices of
   */
  record AlterTable(TableIdentifier identifier, List<TableAlteration> alterations, ParsedSql parsed)
      implements PlannedStatement {
    public AlterTable {
      alterations = List.copyOf(alterations);
    }
  }

  /** A statement about a view. */
  record ChangeView(ViewChange change) implements PlannedStatement {}

  record DropTable(TableIdentifier identifier, boolean ifExists, boolean purge)
      implements PlannedStatement {}

  /** A statement about what the database was earlier. */
  record OfHistory(HistoryRequest request, List<SqlType> parameters) implements PlannedStatement {}

  /**
   * START TRANSACTION; nulls leave the session's setting.
   *
   * @param moment of the state of the database that it reads
   */
  record StartTransaction(
      @Nullable Boolean readOnly, @Nullable Boolean serializable, @Nullable DatabaseMoment moment)
      implements PlannedStatement {}

  /**
   * SET TRANSACTION, for the transaction that the next statement begins, or SET SESSION
   * CHARACTERISTICS; nulls leave what is set.
   */
  record SetTransaction(
      @Nullable Boolean readOnly, @Nullable Boolean serializable, boolean ofSession)
      implements PlannedStatement {}

  /**
   * SET of a property of the connection.
   *
   * @param value null for what the connection began with
   */
  record SetProperty(String name, @Nullable String value) implements PlannedStatement {}

  record Commit() implements PlannedStatement {}

  record Rollback() implements PlannedStatement {}

  /** SAVEPOINT; one of the same name is replaced, as ISO has it. */
  record SetSavepoint(String name) implements PlannedStatement {}

  /** ROLLBACK TO SAVEPOINT. */
  record RollbackTo(String name) implements PlannedStatement {}

  /** RELEASE SAVEPOINT. */
  record ReleaseSavepoint(String name) implements PlannedStatement {}

  /**
   * SET IDEMPOTENCY_TOKEN.
   *
   * @param token null for none, or for that of the configuration if {@code initial}
   */
  record SetIdempotencyToken(@Nullable String token, boolean initial) implements PlannedStatement {}

  /** SHOW COMMIT STATE OF a token. */
  record ShowCommitState(String token) implements PlannedStatement {}

  /** SET TIME ZONE; null for the zone that the session began with. */
  record SetTimeZone(@Nullable ZoneId zone) implements PlannedStatement {}

  /**
   * SHOW ALL, SHOW SESSION, and SHOW of one property.
   *
   * @param names which properties
   * @param isOne whether the value alone is shown
   */
  record ShowSettings(Predicate<String> names, boolean isOne) implements PlannedStatement {}

  /** USE schema, SET SCHEMA. */
  record UseSchema(Namespace schema) implements PlannedStatement {}
}
