package dev.frazil.error;

/**
 * Every SQLState that Frazil reports, with the situation that raises it. Codes follow ISO/IEC
 * 9075-2 (subclasses of PostgreSQL where ISO has none). The reference page {@code
 * docs/reference/sqlstates.md} is tested against this list.
 */
public enum SqlState {
  /** The object store or folder cannot be reached or opened. */
  CONNECTION_FAILURE("08001", "the warehouse cannot be reached or opened"),
  /** The connection, statement or result set is closed. */
  CONNECTION_CLOSED("08003", "the connection is closed"),
  /** The store answered, but not in a way that the protocol allows: a rejected or unsafe store. */
  CONNECTION_REJECTED(
      "08004", "the store refused the connection or lacks what a safe commit needs"),
  /** A commit was sent and its outcome could not be learnt. The exception carries the token. */
  TRANSACTION_RESOLUTION_UNKNOWN("08007", "the outcome of a commit is unknown"),
  /** SQL or JDBC that Frazil does not support; the message names the construct. */
  FEATURE_NOT_SUPPORTED("0A000", "the feature is not supported"),
  /**
   * MERGE matched one target row with several source rows, or a scalar subquery gave several rows.
   */
  CARDINALITY_VIOLATION("21000", "more than one row where at most one is allowed"),
  /** Wrong data for the target type, with no closer code. */
  DATA_EXCEPTION("22000", "invalid data"),
  /** A string does not fit its target. */
  STRING_TOO_LONG("22001", "the value is too long"),
  /** A number is out of the range of its type. */
  NUMERIC_OUT_OF_RANGE("22003", "the number is out of range"),
  /** A date or time is not valid. */
  INVALID_DATETIME_FORMAT("22007", "the date or time is not valid"),
  /** A date or time is out of range. */
  DATETIME_OVERFLOW("22008", "the date or time is out of range"),
  /** Division by zero. */
  DIVISION_BY_ZERO("22012", "division by zero"),
  /** {@code ROWS BETWEEN -1 PRECEDING AND CURRENT ROW}: an offset that is null or negative. */
  INVALID_FRAME_OFFSET("22013", "the offset of a window frame is null or negative"),
  /** {@code ntile(0) OVER (ORDER BY id)}. */
  INVALID_NTILE_ARGUMENT("22014", "the number of buckets is not positive"),
  /** {@code nth_value(id, 0) OVER (ORDER BY id)}. */
  INVALID_NTH_VALUE_ARGUMENT("22016", "the number of the row is not positive"),
  /** A text cannot be converted to the type asked for. */
  INVALID_CAST("22018", "the text is not a valid value of the type"),
  /** A parameter, property or function argument has a value that is not allowed. */
  INVALID_PARAMETER_VALUE("22023", "the value is not allowed here"),
  /** LIKE with an escape that is not one character, or that ends the pattern. */
  INVALID_ESCAPE_SEQUENCE("22025", "the escape sequence is not valid"),
  /** A pattern that is not a regular expression: {@code regexp_like(name, '(')}. */
  INVALID_REGULAR_EXPRESSION("2201B", "the regular expression is not valid"),
  /** A text that is not JSON: {@code json_extract('[1', '$')}. */
  INVALID_JSON_TEXT("22032", "the text is not valid JSON"),
  /** A file of COPY that is not written as its format says: a line with a value too many. */
  BAD_FILE_FORMAT("22P04", "the file is not written as its format says"),
  /** NULL in a column that is NOT NULL. */
  NOT_NULL_VIOLATION("23502", "null in a column that is not null"),
  /** A row for which a {@code CHECK (...)} of its table is false. */
  CHECK_VIOLATION("23514", "a row does not satisfy a CHECK"),
  /** The same key twice. */
  UNIQUE_VIOLATION("23505", "duplicate key"),
  /** A statement that is not allowed in this state of the transaction. */
  INVALID_TRANSACTION_STATE("25000", "not allowed in this state of the transaction"),
  /** {@code START TRANSACTION; CALL system.expire_snapshots('t')}. */
  ACTIVE_TRANSACTION("25001", "not allowed within a transaction"),
  /** A write in a read-only transaction or on a read-only warehouse. */
  READ_ONLY_TRANSACTION("25006", "the transaction or the warehouse is read-only"),
  /** Credentials are missing, wrong, or lack a permission. */
  INVALID_AUTHORIZATION("28000", "credentials are missing, wrong, or lack a permission"),
  /** {@code ROLLBACK TO SAVEPOINT nowhere}. */
  INVALID_SAVEPOINT("3B001", "the transaction has no such savepoint"),
  /** No schema (namespace) of that name. */
  SCHEMA_NOT_FOUND("3F000", "the schema does not exist"),
  /** Another transaction committed a conflicting change first: run the transaction again. */
  SERIALIZATION_FAILURE("40001", "another transaction committed a conflicting change"),
  /** The SQL text is malformed. */
  SYNTAX_ERROR("42601", "syntax error"),
  /** The name or the types of a call do not resolve. */
  UNDEFINED_FUNCTION("42883", "no such function for these argument types"),
  /** No column of that name. */
  UNDEFINED_COLUMN("42703", "the column does not exist"),
  /** No table of that name. */
  UNDEFINED_TABLE("42P01", "the table does not exist"),
  /** {@code ALTER TABLE t ADD PRIMARY KEY (a)} where there is one. */
  INVALID_TABLE_DEFINITION("42P16", "the table cannot be defined in this way"),
  /** The table exists already. */
  DUPLICATE_TABLE("42P07", "the table exists already"),
  /**
   * {@code INSERT INTO v} of a view, {@code DROP VIEW t} of a table, {@code DROP BRANCH x} of a
   * tag.
   */
  WRONG_OBJECT_TYPE("42809", "the object is of another kind"),
  /** A view that reads itself, or whose stored columns its query does not give. */
  INVALID_OBJECT_DEFINITION("42P17", "the definition of the object is not valid"),
  /** The schema exists already. */
  DUPLICATE_SCHEMA("42P06", "the schema exists already"),
  /** A column is named twice. */
  DUPLICATE_COLUMN("42701", "the column is named twice"),
  /** A name could mean several columns. */
  AMBIGUOUS_COLUMN("42702", "the column name is ambiguous"),
  /** A parameter ({@code ?}) stands where nothing tells its type. */
  INDETERMINATE_DATATYPE("42P18", "the type of a parameter cannot be told"),
  /** {@code ORDER BY 5} of two columns; {@code ON CONFLICT (name)} of what is no primary key. */
  INVALID_COLUMN_REFERENCE(
      "42P10", "a number or list of columns, or the target of ON CONFLICT, does not fit"),
  /** {@code WHERE row_number() OVER () = 1}: a window function where none may stand. */
  WINDOWING_ERROR("42P20", "a window or its function does not fit here"),
  /** {@code sum(x) OVER w} without {@code WINDOW w AS (...)}; {@code SET} of no property. */
  UNDEFINED_OBJECT("42704", "the window, property, branch or tag does not exist"),
  /** {@code ALTER TABLE t CREATE BRANCH b} where there is one. */
  DUPLICATE_OBJECT("42710", "the branch or tag exists already"),
  /** {@code SELECT name, count(*) FROM t}: a column beside an aggregate, or one inside another. */
  GROUPING_ERROR("42803", "a column is not grouped, or an aggregate stands where none may"),
  /** Types do not fit. */
  DATATYPE_MISMATCH("42804", "the types do not fit"),
  /** The statement is well-formed but not valid. */
  INVALID_STATEMENT("42000", "the statement is not valid"),
  /** The schema still holds tables. */
  DEPENDENT_OBJECTS_EXIST("2BP01", "other objects depend on it"),
  /** The disk of the warehouse or of temporary files is full. */
  DISK_FULL("53100", "the disk is full"),
  /** The memory budget of the connection is used up. */
  OUT_OF_MEMORY("53200", "the memory budget is used up"),
  /** A limit of Frazil is exceeded; the message names it. */
  LIMIT_EXCEEDED("54000", "a limit is exceeded"),
  /** The object is not in the state that the call needs. */
  OBJECT_NOT_IN_STATE("55000", "the object is not in the state that is needed"),
  /** The statement was cancelled or ran into its timeout. */
  QUERY_CANCELED("57014", "the statement was cancelled or timed out"),
  /** Reading or writing a file or an object failed. */
  IO_ERROR("58030", "input or output failed"),
  /** A location that the guard does not allow. */
  LOCATION_REFUSED("58P02", "the location lies outside of what the connection may touch"),
  /** A file's content contradicts its format. */
  DATA_CORRUPTED("XX001", "a file is corrupt"),
  /** A defect of Frazil. */
  INTERNAL_ERROR("XX000", "internal error");

  private final String code;
  private final String meaning;

  SqlState(String code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** The five characters that {@code SQLException.getSQLState()} returns. */
  public String code() {
    return code;
  }

  /** One line for the reference. */
  public String meaning() {
    return meaning;
  }
}
