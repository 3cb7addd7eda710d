package dev.frazil.differential;

import dev.frazil.differential.TableContents.Field;
import dev.frazil.differential.TableContents.Step;
import dev.frazil.differential.ValueType.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdatePartitionSpec;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.Term;

/** Random ways to store a table: partitions, pages, row groups, dictionaries, metrics, files. */
final class Layouts {
  private final Dice dice;
  private int repartitions;

  Layouts(Dice dice) {
    this.dice = dice;
  }

  /** Partitioning and properties, as they follow the columns of CREATE TABLE. */
  String of(List<Field> fields, List<Field> partitionable, boolean deletes) {
    List<String> transforms = new ArrayList<>();
    partitionable.forEach(field -> transforms.addAll(transforms(field)));
    String partitioning = "";
    if (dice.oneIn(2)) {
      String first = dice.pick(transforms);
      String second = dice.pick(transforms);
      boolean two = dice.oneIn(4) && !column(first).equals(column(second));
      partitioning = " PARTITIONED BY (" + first + (two ? ", " + second : "") + ")";
    }
    List<String> properties = new ArrayList<>();
    properties.add("\"format-version\" = '" + dice.of(deletes ? 2 : 1, 2, 2, 3, 3) + "'");
    for (String change : List.of("delete", "update", "merge")) {
      String mode = dice.of("merge-on-read", "merge-on-read", "copy-on-write");
      properties.add("\"write." + change + ".mode\" = '" + mode + "'");
    }
    storage(fields).forEach((name, value) -> properties.add("\"" + name + "\" = '" + value + "'"));
    return partitioning + properties.stream().collect(Collectors.joining(", ", " WITH (", ")"));
  }

  private static String column(String transform) {
    return transform.replaceAll("^.*\\((\\d+, )?|\\)$", "");
  }

  private List<String> transforms(Field field) {
    String name = field.name();
    return switch (field.type().family()) {
      case BOOLEAN -> List.of(name);
      case INTEGER, BIGINT ->
          List.of(
              name,
              "bucket(" + dice.between(1, 5) + ", " + name + ")",
              "truncate(7, " + name + ")");
      case DECIMAL -> List.of(name, "bucket(3, " + name + ")", "truncate(50, " + name + ")");
      case VARCHAR ->
          List.of(
              name,
              "bucket(2, " + name + ")",
              "truncate(" + dice.between(1, 3) + ", " + name + ")");
      case DATE ->
          List.of(
              name,
              "year(" + name + ")",
              "month(" + name + ")",
              "day(" + name + ")",
              "bucket(4, " + name + ")");
      case TIMESTAMP, TIMESTAMPTZ ->
          List.of(
              name,
              "year(" + name + ")",
              "month(" + name + ")",
              "day(" + name + ")",
              "hour(" + name + ")",
              "bucket(4, " + name + ")");
      case TIME, UUID -> List.of(name, "bucket(3, " + name + ")");
      case VARBINARY -> List.of("bucket(3, " + name + ")", "truncate(1, " + name + ")");
      case DOUBLE, REAL, INTEGERS, TEXTS, STRUCT, MAP -> List.of();
    };
  }

  private Map<String, String> storage(List<Field> fields) {
    Map<String, String> properties = new TreeMap<>();
    if (dice.oneIn(2)) {
      properties.put("write.parquet.page-row-limit", "" + dice.of(1, 2, 7, 30));
    }
    if (dice.oneIn(2)) {
      properties.put("write.parquet.row-group-size-bytes", "1024");
    }
    if (dice.oneIn(3)) {
      properties.put("write.parquet.dict-size-bytes", "" + dice.of(0, 10, 60));
    }
    if (dice.oneIn(3)) {
      properties.put(
          "write.parquet.compression-codec", dice.of("snappy", "gzip", "lz4", "uncompressed"));
    }
    if (dice.oneIn(3)) {
      properties.put("write.target-file-size-bytes", "" + dice.of(1, 2_000, 10_000));
    }
    if (dice.oneIn(3)) {
      properties.put(
          "write.metadata.metrics.default",
          dice.of("none", "counts", "truncate(1)", "truncate(2)", "full"));
    }
    for (Field field : fields) {
      Family family = field.type().family();
      if (dice.oneIn(6) && !family.isNested() && family != Family.BOOLEAN) {
        properties.put("write.parquet.bloom-filter-enabled.column." + field.name(), "true");
      }
    }
    return properties;
  }

  /** Another way to store what comes from now on. */
  Step change(List<Field> fields) {
    if (dice.oneIn(2)) {
      int number = ++repartitions;
      boolean removes = dice.oneIn(2);
      Transform transform = dice.pick(List.of(Transform.values()));
      return new Step.Change(
          "partitioned by " + transform + "(k)" + (removes ? " only" : " too"),
          table -> repartition(table, transform, number, removes));
    }
    Map<String, String> properties = storage(fields);
    return new Step.Change(
        "SET " + properties,
        table -> {
          UpdateProperties update = table.updateProperties();
          properties.forEach(update::set);
          return update;
        });
  }

  /** What becomes of the small key in a partitioning. */
  private enum Transform {
    BUCKET,
    TRUNCATE,
    IDENTITY,
    NONE;

    Term of(int number) {
      return switch (this) {
        case BUCKET -> Expressions.bucket("k", number + 5);
        case TRUNCATE -> Expressions.truncate("k", number + 1);
        case IDENTITY, NONE -> Expressions.ref("k");
      };
    }
  }

  private static UpdatePartitionSpec repartition(
      Table table, Transform transform, int number, boolean removes) {
    UpdatePartitionSpec update = table.updateSpec();
    int k = table.schema().findField("k").fieldId();
    boolean isTaken = false;
    for (PartitionField field : table.spec().fields()) {
      boolean isIdentity = field.sourceId() == k && field.transform().isIdentity();
      isTaken |= isIdentity && !removes;
      if (removes && !(transform == Transform.IDENTITY && isIdentity)) {
        update.removeField(field.name());
      }
      isTaken |= isIdentity && transform == Transform.IDENTITY;
    }
    boolean adds = transform != Transform.NONE && !(transform == Transform.IDENTITY && isTaken);
    return adds
        ? update.addField("k_" + number + "_" + table.specs().size(), transform.of(number))
        : update;
  }
}
