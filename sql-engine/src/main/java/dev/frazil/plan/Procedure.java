package dev.frazil.plan;

import dev.frazil.plan.PlannedStatement.ResultColumn;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The procedures of the schema {@code system}: names, parameters in the order of arguments without
 * a name, and result columns as Iceberg's procedures for Spark have them.
 */
@SuppressWarnings("ImmutableEnumChecker") // the lists are made by List.of, of records
public enum Procedure {
  /** Puts small files together, and files of which rows were deleted in order. */
  REWRITE_DATA_FILES(
      "Puts small data files together, and in order those of which rows were deleted.",
      List.of(
          required("table", Kind.TEXT),
          optional("strategy", Kind.TEXT),
          optional("sort_order", Kind.TEXT),
          optional("options", Kind.OPTIONS),
          optional("where", Kind.TEXT)),
      List.of(
          column("rewritten_data_files_count", Primitive.INTEGER),
          column("added_data_files_count", Primitive.INTEGER),
          column("rewritten_bytes_count", Primitive.BIGINT),
          column("failed_data_files_count", Primitive.INTEGER),
          column("removed_delete_files_count", Primitive.INTEGER))),
  /** Puts position delete files together. */
  REWRITE_POSITION_DELETE_FILES(
      "Puts position delete files together, and drops those that name no row any more.",
      List.of(
          required("table", Kind.TEXT),
          optional("options", Kind.OPTIONS),
          optional("where", Kind.TEXT)),
      List.of(
          column("rewritten_delete_files_count", Primitive.INTEGER),
          column("added_delete_files_count", Primitive.INTEGER),
          column("rewritten_bytes_count", Primitive.BIGINT),
          column("added_bytes_count", Primitive.BIGINT))),
  /** Drops old snapshots, and the files that only they hold. */
  EXPIRE_SNAPSHOTS(
      "Drops old snapshots, and the files that only they hold.",
      List.of(
          required("table", Kind.TEXT),
          optional("older_than", Kind.TIME),
          optional("retain_last", Kind.WHOLE),
          optional("snapshot_ids", Kind.IDS)),
      List.of(
          column("deleted_data_files_count", Primitive.BIGINT),
          column("deleted_position_delete_files_count", Primitive.BIGINT),
          column("deleted_equality_delete_files_count", Primitive.BIGINT),
          column("deleted_manifest_files_count", Primitive.BIGINT),
          column("deleted_manifest_lists_count", Primitive.BIGINT),
          column("deleted_statistics_files_count", Primitive.BIGINT))),
  /** Goes back to an earlier snapshot. */
  ROLLBACK_TO_SNAPSHOT(
      "Goes back to an earlier snapshot of the table.",
      List.of(required("table", Kind.TEXT), required("snapshot_id", Kind.WHOLE)),
      Results.MOVED),
  /** Goes back to the last snapshot before a time. */
  ROLLBACK_TO_TIMESTAMP(
      "Goes back to the last snapshot of the table before a time.",
      List.of(required("table", Kind.TEXT), required("timestamp", Kind.TIME)),
      Results.MOVED),
  /** Makes any snapshot the current one. */
  SET_CURRENT_SNAPSHOT(
      "Makes any snapshot, branch or tag what the table is.",
      List.of(
          required("table", Kind.TEXT),
          optional("snapshot_id", Kind.WHOLE),
          optional("ref", Kind.TEXT)),
      Results.MOVED),
  /** Applies the changes of a snapshot once more. */
  CHERRYPICK_SNAPSHOT(
      "Applies the changes of one snapshot to the table as it is now.",
      List.of(required("table", Kind.TEXT), required("snapshot_id", Kind.WHOLE)),
      Results.PICKED),
  /** Applies the changes that were staged under an id. */
  PUBLISH_CHANGES(
      "Applies the changes that were staged under a wap.id.",
      List.of(required("table", Kind.TEXT), required("wap_id", Kind.TEXT)),
      Results.PICKED),
  /** Moves a branch to the head of another one. */
  FAST_FORWARD(
      "Moves a branch to the head of another one that descends from it.",
      List.of(
          required("table", Kind.TEXT), required("branch", Kind.TEXT), required("to", Kind.TEXT)),
      List.of(
          column("branch_updated", Primitive.VARCHAR),
          nullable("previous_ref", Primitive.BIGINT),
          column("updated_ref", Primitive.BIGINT))),
  /** The snapshots that led to one. */
  ANCESTORS_OF(
      "The snapshots that led to one, or to the current one.",
      List.of(required("table", Kind.TEXT), optional("snapshot_id", Kind.WHOLE)),
      List.of(column("snapshot_id", Primitive.BIGINT), column("timestamp", Primitive.BIGINT))),
  /** Finds the files under a table's location that nothing refers to. */
  REMOVE_ORPHAN_FILES(
      "Removes the files under a table's location that nothing refers to.",
      List.of(
          required("table", Kind.TEXT),
          optional("older_than", Kind.TIME),
          optional("location", Kind.TEXT),
          optional("dry_run", Kind.FLAG),
          optional("prefix_mismatch_mode", Kind.TEXT)),
      List.of(column("orphan_file_location", Primitive.VARCHAR))),
  /** What a table needs, and why. */
  HEALTH(
      "Tells what a table needs, and why: figures, limits, and the procedure to call.",
      List.of(required("table", Kind.TEXT)),
      List.of(
          column("metric", Primitive.VARCHAR),
          column("value", Primitive.BIGINT),
          nullable("limit", Primitive.BIGINT),
          nullable("advice", Primitive.VARCHAR))),
  /** Finds, and repairs, what is wrong with the files of a table. */
  FSCK(
      "Finds missing, unreadable and orphan files of a table, and repairs what is safe to repair.",
      List.of(required("table", Kind.TEXT), optional("dry_run", Kind.FLAG)),
      List.of(
          column("problem", Primitive.VARCHAR),
          column("location", Primitive.VARCHAR),
          column("detail", Primitive.VARCHAR),
          column("repair", Primitive.VARCHAR))),
  /** Puts the manifests of a table together. */
  REWRITE_MANIFESTS(
      "Puts the manifests of a table together, so that scans read fewer of them.",
      List.of(
          required("table", Kind.TEXT),
          optional("use_caching", Kind.FLAG),
          optional("spec_id", Kind.WHOLE)),
      List.of(
          column("rewritten_manifests_count", Primitive.INTEGER),
          column("added_manifests_count", Primitive.INTEGER))),
  /** Counts the distinct values of columns. */
  COMPUTE_TABLE_STATS(
      "Counts the distinct values of columns by sketches, for those who plan queries.",
      List.of(
          required("table", Kind.TEXT),
          optional("snapshot_id", Kind.WHOLE),
          optional("columns", Kind.TEXTS)),
      List.of(column("statistics_file", Primitive.VARCHAR))),
  /** Takes a table of metadata that stands already into the database. */
  REGISTER_TABLE(
      "Takes a table, given by its metadata file, into the database.",
      List.of(required("table", Kind.TEXT), required("metadata_file", Kind.TEXT)),
      List.of(
          nullable("current_snapshot_id", Primitive.BIGINT),
          nullable("total_records_count", Primitive.BIGINT),
          nullable("total_data_files_count", Primitive.BIGINT))),
  /** Takes all tables and views of another database, which must not be written from then on. */
  REGISTER_DATABASE(
      "Takes the tables and views of the connection's source into the database; no data is written.",
      List.of(optional("schema", Kind.TEXT)),
      Results.TAKEN),
  /** Makes copies of all tables and views of another database, over its data files. */
  SNAPSHOT_DATABASE(
      "Makes tables over the data files of the connection's source, which stays as it is.",
      List.of(optional("schema", Kind.TEXT)),
      Results.TAKEN),
  /** Takes files that stand already into a table. */
  ADD_FILES(
      "Makes Parquet files that stand already data files of the table; none is written anew.",
      List.of(
          required("table", Kind.TEXT),
          required("source_table", Kind.TEXT),
          optional("partition_filter", Kind.OPTIONS),
          optional("check_duplicate_files", Kind.FLAG),
          optional("parallelism", Kind.WHOLE)),
      List.of(
          column("added_files_count", Primitive.BIGINT),
          nullable("changed_partition_count", Primitive.BIGINT)));

  /** Where procedures live. */
  public static final String SCHEMA = "system";

  private final String description;
  private final List<Parameter> parameters;
  private final List<ResultColumn> results;

  Procedure(String description, List<Parameter> parameters, List<ResultColumn> results) {
    this.description = description;
    this.parameters = parameters;
    this.results = results;
  }

  /** What a parameter takes. */
  public enum Kind {
    /** A text. */
    TEXT,
    /** A whole number. */
    WHOLE,
    /** True or false. */
    FLAG,
    /** A point in time; one without a zone is in that of the session. */
    TIME,
    /** A map of texts. */
    OPTIONS,
    /** An array of whole numbers. */
    IDS,
    /** An array of texts. */
    TEXTS
  }

  /** A parameter. */
  public record Parameter(String name, Kind kind, boolean required) {}

  /** As it is called, without the schema. */
  public String sqlName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it does, in one line. */
  public String description() {
    return description;
  }

  /** All of them, in their order. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /** The columns of the result. */
  public List<ResultColumn> results() {
    return results;
  }

  /** The names of all parameters. */
  List<String> parameterNames() {
    List<String> names = new ArrayList<>();
    parameters.forEach(parameter -> names.add(parameter.name()));
    return names;
  }

  private static Parameter required(String name, Kind kind) {
    return new Parameter(name, kind, true);
  }

  private static Parameter optional(String name, Kind kind) {
    return new Parameter(name, kind, false);
  }

  /** Of several procedures; an enum's own constants are not there when its values are made. */
  private static final class Results {
    static final List<ResultColumn> MOVED =
        List.of(
            nullable("previous_snapshot_id", Primitive.BIGINT),
            column("current_snapshot_id", Primitive.BIGINT));
    static final List<ResultColumn> TAKEN =
        List.of(
            column("schema_name", Primitive.VARCHAR),
            column("name", Primitive.VARCHAR),
            column("kind", Primitive.VARCHAR),
            column("taken", Primitive.BOOLEAN),
            nullable("current_snapshot_id", Primitive.BIGINT),
            nullable("total_records_count", Primitive.BIGINT));
    static final List<ResultColumn> PICKED =
        List.of(
            column("source_snapshot_id", Primitive.BIGINT),
            column("current_snapshot_id", Primitive.BIGINT));
  }

  private static ResultColumn column(String label, SqlType type) {
    return new ResultColumn(label, type, false, null, null);
  }

  private static ResultColumn nullable(String label, SqlType type) {
    return new ResultColumn(label, type, true, null, null);
  }
}
