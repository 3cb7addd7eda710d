package dev.frazil.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Branches, tags, staged changes and metadata tables that Spark and Frazil make, and both read. */
class BranchesInSparkTest {
  @TempDir static Path folder;

  private static FrazilProcess frazil;
  private static SparkTables spark;

  @BeforeAll
  static void start() throws IOException {
    spark = new SparkTables(folder);
    spark.run("CREATE NAMESPACE local.main");
    frazil = new FrazilProcess("jdbc:iceberg:hadoop:" + spark.warehouse());
  }

  @AfterAll
  static void stop() throws IOException {
    spark.close();
    frazil.close();
  }

  /** The same query, in the words that both have. */
  private static List<String> same(String query) {
    List<String> ours = frazil.query(query);
    assertThat(ours).as(query).containsExactlyInAnyOrderElementsOf(spark.query(query));
    return ours;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void inTurns(int version) {
    String table = "main.branched" + version;
    spark.run(
        "CREATE TABLE "
            + table
            + " (id bigint, s string) USING iceberg PARTITIONED BY (bucket(2, id))"
            + " TBLPROPERTIES ('format-version' = '"
            + version
            + "', 'write.wap.enabled' = 'true',"
            + " 'write.delete.mode' = 'merge-on-read', 'write.update.mode' = 'merge-on-read')",
        "INSERT INTO " + table + " VALUES (1, 'a'), (2, 'b'), (3, 'c')",
        "ALTER TABLE "
            + table
            + " CREATE BRANCH sparks RETAIN 7 DAYS WITH SNAPSHOT RETENTION 2 SNAPSHOTS 3 DAYS",
        "ALTER TABLE " + table + " CREATE TAG first RETAIN 90 DAYS");
    frazil.run(
        "ALTER TABLE "
            + table
            + " CREATE BRANCH ours RETAIN 5 DAYS WITH SNAPSHOT RETENTION 3 SNAPSHOTS 2 DAYS",
        "ALTER TABLE " + table + " CREATE TAG second RETAIN 1 DAYS",
        "INSERT INTO " + table + ".branch_sparks VALUES (4, 'frazil')",
        "DELETE FROM " + table + " @ ours WHERE id = 1",
        "UPDATE " + table + " @ ours SET s = 'frazil' WHERE id = 2");
    spark.run(
        "INSERT INTO " + table + ".branch_ours VALUES (5, 'spark')",
        "UPDATE " + table + ".branch_ours SET s = 'both' WHERE id = 2",
        "DELETE FROM " + table + ".branch_sparks WHERE id = 3");
    for (String branch : List.of("sparks", "ours")) {
      assertThat(same("SELECT * FROM " + table + ".branch_" + branch)).hasSize(3);
      same("SELECT * FROM " + table + " VERSION AS OF '" + branch + "'");
    }
    assertThat(same("SELECT * FROM " + table + ".tag_first")).hasSize(3);
    assertThat(same("SELECT * FROM " + table)).hasSize(3);
    assertThat(same("SELECT * FROM " + table + ".refs")).hasSize(5);
    same("SELECT snapshot_id, parent_id, operation, manifest_list FROM " + table + ".snapshots");
    same("SELECT snapshot_id, parent_id, is_current_ancestor FROM " + table + ".history");
    for (String files :
        List.of("files", "data_files", "delete_files", "all_data_files", "all_delete_files")) {
      same(
          "SELECT content, file_path, file_format, spec_id, record_count, file_size_in_bytes, sort_order_id FROM "
              + table
              + "."
              + files);
    }
    // The file that is the table now has the spelling of whoever looks.
    same(
        "SELECT replace(file, 'file:', ''), latest_snapshot_id, latest_schema_id, latest_sequence_number FROM "
            + table
            + ".metadata_log_entries");
    same(
        "SELECT content, path, length, partition_spec_id, added_snapshot_id, added_data_files_count,"
            + " existing_data_files_count, deleted_data_files_count FROM "
            + table
            + ".all_manifests");
    same(
        "SELECT status, snapshot_id, sequence_number, file_sequence_number FROM "
            + table
            + ".all_entries");
    same(
        "SELECT record_count, file_count, position_delete_record_count, position_delete_file_count, spec_id FROM "
            + table
            + ".partitions");
    same("SELECT file_path, pos, spec_id, delete_file_path FROM " + table + ".position_deletes");
    same("SELECT id, _file, _pos, _spec_id FROM " + table + ".branch_ours");
    if (version == 3) {
      same("SELECT id, _row_id, _last_updated_sequence_number FROM " + table + ".branch_ours");
      same("SELECT id, _row_id, _last_updated_sequence_number FROM " + table + ".branch_sparks");
    }
    // Each publishes what the other staged, on a branch and under an id.
    frazil.run("CALL system.fast_forward('" + table + "', 'main', 'sparks')");
    same("SELECT * FROM " + table);
    frazil.run(
        "SET wap.id = 'frazils'",
        "INSERT INTO " + table + " VALUES (11, 'staged')",
        "SET wap.id = DEFAULT");
    spark.run(
        "SET spark.wap.id = sparks",
        "INSERT INTO " + table + " VALUES (12, 'staged')",
        "RESET spark.wap.id");
    assertThat(same("SELECT * FROM " + table)).hasSize(3);
    spark.run("CALL local.system.publish_changes('" + table + "', 'frazils')");
    frazil.run("CALL system.publish_changes('" + table + "', 'sparks')");
    assertThat(same("SELECT * FROM " + table)).hasSize(5);
    same("SELECT snapshot_id, parent_id, is_current_ancestor FROM " + table + ".history");
    frazil.run(
        "SET wap.branch = 'audit'",
        "INSERT INTO " + table + " VALUES (13, 'audited')",
        "SET wap.branch = DEFAULT");
    spark.run(
        "SET spark.wap.branch = audit",
        "UPDATE " + table + " SET s = 'audited' WHERE id = 11",
        "RESET spark.wap.branch");
    assertThat(same("SELECT * FROM " + table)).hasSize(5);
    assertThat(same("SELECT * FROM " + table + ".branch_audit WHERE s = 'audited'")).hasSize(2);
    spark.run("CALL local.system.fast_forward('" + table + "', 'main', 'audit')");
    assertThat(same("SELECT * FROM " + table)).hasSize(6);
    spark.run("ALTER TABLE " + table + " DROP BRANCH ours");
    frazil.run(
        "ALTER TABLE " + table + " DROP TAG first", "ALTER TABLE " + table + " DROP BRANCH sparks");
    assertThat(same("SELECT name, type, snapshot_id FROM " + table + ".refs")).hasSize(3);
    String head =
        frazil.query("SELECT snapshot_id FROM " + table + ".refs WHERE name = 'second'").get(0);
    frazil.run("CALL system.rollback_to_snapshot('" + table + "', " + head + ")");
    assertThat(same("SELECT * FROM " + table)).hasSize(3);
  }
}
