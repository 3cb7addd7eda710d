package dev.frazil.plan.parser;

import dev.frazil.plan.parser.TableName.Part;
import dev.frazil.type.SqlType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A statement cut into its parts; names unresolved, queries and expressions still as tokens. */
public sealed interface ParsedStatement {

  /** SELECT, WITH, VALUES. */
  record Query(Slice slice) implements ParsedStatement {}

  /**
   * INSERT.
   *
   * @param columns the column list, or null
   * @param byName whether the columns of the source are those of their names
   * @param source null for DEFAULT VALUES
   * @param conflict what is done where a row of the key exists, or null
   * @param overwrite whether the rows take the place of others
   * @param partition the PARTITION clause; empty without one
   */
  record Insert(
      TableName target,
      String alias,
      @Nullable List<Part> columns,
      boolean byName,
      @Nullable Slice source,
      @Nullable OnConflict conflict,
      boolean overwrite,
      List<PartitionValue> partition)
      implements ParsedStatement {}

  /** {@code p = value} or {@code p} of a PARTITION clause. */
  record PartitionValue(Part column, @Nullable Slice value, int offset) {}

  /**
   * ON CONFLICT.
   *
   * @param key empty where it is not named
   * @param assignments of DO UPDATE; null for DO NOTHING
   * @param where of DO UPDATE, or null
   */
  record OnConflict(
      List<Part> key, @Nullable List<Assignment> assignments, @Nullable Slice where, int offset) {}

  /**
   * {@code column = value}; a lone DEFAULT is its default.
   *
   * @param target the column, or a field of it
   * @param value the value; a query in brackets that gives several if {@code width} is not 0
   * @param index which column of the query is the value
   * @param width how many columns the query has, 0 for a value of its own
   */
  record Assignment(TableName target, Slice value, int index, int width) {
    /** {@code column = value}. */
    Assignment(TableName target, Slice value) {
      this(target, value, 0, 0);
    }
  }

  /** UPDATE; {@code from} holds the further tables of UPDATE ... FROM. */
  record Update(
      TableName target,
      String alias,
      List<Assignment> assignments,
      @Nullable Slice from,
      @Nullable Slice where)
      implements ParsedStatement {}

  /** DELETE; {@code using} holds the further tables of DELETE ... USING. */
  record Delete(TableName target, String alias, @Nullable Slice using, @Nullable Slice where)
      implements ParsedStatement {}

  /**
   * MERGE.
   *
   * @param sourceAlias the name of the source; null for a query without one
   */
  record Merge(
      TableName target,
      String alias,
      Slice source,
      @Nullable String sourceAlias,
      Slice condition,
      List<MergeClause> clauses)
      implements ParsedStatement {}

  /** Which rows a WHEN of MERGE is about. */
  enum Match {
    /** Pairs of a row of the target and one of the source. */
    MATCHED,
    /** Rows of the source without a partner. */
    NOT_MATCHED,
    /** Rows of the target without a partner. */
    NOT_MATCHED_BY_SOURCE
  }

  /** A WHEN of MERGE. */
  sealed interface MergeClause {
    Match match();

    /** The AND part, or null. */
    @Nullable Slice condition();

    /** UPDATE SET; {@code assignments} null for {@code *}, every column from its namesake. */
    record Update(Match match, @Nullable Slice condition, @Nullable List<Assignment> assignments)
        implements MergeClause {}

    /** DELETE. */
    record Delete(Match match, @Nullable Slice condition) implements MergeClause {}

    /** DO NOTHING. */
    record Nothing(Match match, @Nullable Slice condition) implements MergeClause {}

    /** WHEN NOT MATCHED THEN INSERT; {@code values} null for {@code *}. */
    record Insert(
        @Nullable Slice condition, @Nullable List<Part> columns, @Nullable List<Slice> values)
        implements MergeClause {
      @Override
      public Match match() {
        return Match.NOT_MATCHED;
      }
    }
  }

  /** An option of COPY: its name in lower case, the text of its value or null. */
  record CopyOption(String name, @Nullable String value, int offset) {}

  /**
   * COPY table FROM location.
   *
   * @param columns the column list, or null
   */
  record CopyFrom(
      TableName target,
      @Nullable List<Part> columns,
      String location,
      int offset,
      List<CopyOption> options)
      implements ParsedStatement {}

  /**
   * COPY table or (query) TO location.
   *
   * @param table where no query is given: the table
   * @param columns of the table, without brackets; null for all
   * @param query what gives the rows, or null
   */
  record CopyTo(
      @Nullable Slice table,
      @Nullable Slice columns,
      @Nullable Slice query,
      String location,
      int offset,
      List<CopyOption> options)
      implements ParsedStatement {}

  /**
   * An argument of a CALL.
   *
   * @param name null for one that goes by its place
   * @param entries what stands between the brackets of a value in Spark's spelling, {@code
   *     map('key', 'value', ...)} or {@code array(...)}; null for any other value
   */
  record CallArgument(@Nullable String name, Slice value, @Nullable Slice entries, int offset) {}

  /**
   * CALL, and ALTER TABLE ... EXECUTE.
   *
   * @param table of EXECUTE, whose procedure has no schema; null for CALL
   * @param where the condition behind an EXECUTE, or null
   */
  record Call(
      TableName procedure,
      List<CallArgument> arguments,
      @Nullable TableName table,
      @Nullable Slice where)
      implements ParsedStatement {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /** TRUNCATE TABLE. */
  record Truncate(TableName target) implements ParsedStatement {}

  record CreateSchema(TableName name, boolean ifNotExists, Map<String, String> properties)
      implements ParsedStatement {}

  /** ALTER SCHEMA, and COMMENT ON SCHEMA. */
  record AlterSchema(TableName name, Map<String, String> set, Set<String> removed)
      implements ParsedStatement {}

  record DropSchema(TableName name, boolean ifExists, boolean cascade) implements ParsedStatement {}

  /** A column of CREATE TABLE; {@code defaultValue} null where it has none. */
  record ColumnDefinition(
      Part name,
      SqlType type,
      boolean notNull,
      @Nullable Slice defaultValue,
      @Nullable String comment,
      int offset) {}

  /** A CHECK of CREATE TABLE; {@code name} null where it has none. */
  record CheckDefinition(@Nullable String name, Slice condition) {}

  /**
   * A partition field of CREATE TABLE.
   *
   * @param transform {@code identity}, {@code bucket}, {@code truncate}, {@code year}, ...
   * @param width of bucket and truncate, else -1
   */
  record PartitionField(String transform, Part column, int width, int offset) {}

  /**
   * CREATE [OR REPLACE] TABLE and REPLACE TABLE.
   *
   * @param columns empty for CREATE TABLE ... AS without a column list
   * @param location where its files shall be; null for a folder of the database's choice
   * @param query the AS, or null
   */
  record CreateTable(
      TableName name,
      TableMode mode,
      List<ColumnDefinition> columns,
      List<Part> columnNames,
      List<LikeClause> likes,
      List<Part> primaryKey,
      boolean primaryKeyEnforced,
      List<List<Part>> uniqueKeys,
      List<CheckDefinition> checks,
      List<PartitionField> partitioning,
      List<SortItem> sortOrder,
      Map<String, String> properties,
      @Nullable String comment,
      @Nullable String location,
      @Nullable Slice query,
      boolean withData)
      implements ParsedStatement {}

  /** COMMENT ON COLUMN; the name of the table and that of the column in one. */
  record CommentOnColumn(TableName column, @Nullable String comment) implements ParsedStatement {}

  /** ALTER TABLE, and COMMENT ON TABLE. */
  record AlterTable(TableName table, boolean ifExists, List<TableAlteration> alterations)
      implements ParsedStatement {
    public AlterTable {
      alterations = List.copyOf(alterations);
    }
  }

  record DropTable(TableName name, boolean ifExists, boolean purge) implements ParsedStatement {}

  /** A statement about what the database was earlier. */
  record OfHistory(HistoryStatement statement) implements ParsedStatement {}

  /**
   * START TRANSACTION.
   *
   * @param moment of the state of the database that it reads; null for the newest
   */
  record StartTransaction(
      @Nullable Boolean readOnly,
      @Nullable Boolean serializable,
      TravelledTable.@Nullable Version moment)
      implements ParsedStatement {}

  /** SET TRANSACTION, or SET SESSION CHARACTERISTICS AS TRANSACTION. */
  record SetTransaction(
      @Nullable Boolean readOnly, @Nullable Boolean serializable, boolean ofSession)
      implements ParsedStatement {}

  /** SET of a property of the connection; {@code value} null for DEFAULT. */
  record SetProperty(String name, @Nullable String value) implements ParsedStatement {}

  record Commit() implements ParsedStatement {}

  record Rollback() implements ParsedStatement {}

  record SetSavepoint(String name) implements ParsedStatement {}

  record RollbackTo(String name) implements ParsedStatement {}

  record ReleaseSavepoint(String name) implements ParsedStatement {}

  /** SET IDEMPOTENCY_TOKEN; {@code token} null for NULL, and for DEFAULT with {@code initial}. */
  record SetIdempotencyToken(@Nullable String token, boolean initial) implements ParsedStatement {}

  record ShowCommitState(String token) implements ParsedStatement {}

  record UseSchema(TableName name) implements ParsedStatement {}

  /** SET TIME ZONE; {@code zone} null for the one that the session began with. */
  record SetTimeZone(@Nullable String zone, int offset) implements ParsedStatement {}

  record ShowTimeZone() implements ParsedStatement {}

  /** What SHOW and DESCRIBE tell about. */
  enum Shown {
    SCHEMAS,
    TABLES,
    COLUMNS,
    DETAILS,
    CATALOGS,
    FUNCTIONS,
    FUNCTION,
    SETTINGS,
    SETTING,
    PARTITIONS,
    PROPERTIES,
    CREATE_TABLE,
    CREATE_SCHEMA,
    SCHEMA,
    VIEWS,
    CREATE_VIEW
  }

  /**
   * SHOW and DESCRIBE.
   *
   * @param name the schema or table; null for the current schema, or where there is none
   * @param argument the pattern of LIKE, in which {@link #ESCAPE} stands before characters that
   *     mean themselves; or the name of a property or function; null for all
   */
  record Show(Shown what, @Nullable TableName name, @Nullable String argument)
      implements ParsedStatement {
    /** In no name. */
    public static final char ESCAPE = '\0';
  }

  /** A statement about a view. */
  record View(ViewStatement statement) implements ParsedStatement {}

  /** DESCRIBE of a query's columns. */
  record DescribeQuery(Slice query) implements ParsedStatement {}

  record Explain(ParsedStatement statement, boolean analyze) implements ParsedStatement {}
}
