package dev.frazil.engine;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.jspecify.annotations.Nullable;

/**
 * The partition of a file by its folders, as Hive names them: {@code p=1/q=a/file}. For
 * partitionings by values of columns; 0A000 for transforms, 22023 for a folder that is missing or
 * holds no value of its column.
 *
 * @param values by the id of the column, as Iceberg holds them
 */
record ImportedPartition(PartitionData data, Map<Integer, @Nullable Object> values) {
  private static final String NULL = "__HIVE_DEFAULT_PARTITION__";

  static ImportedPartition of(PartitionSpec spec, String location) {
    Map<String, String> folders = folders(location);
    PartitionData data = new PartitionData(spec.partitionType());
    Map<Integer, @Nullable Object> values = new HashMap<>();
    List<PartitionField> fields = spec.fields();
    for (int i = 0; i < fields.size(); i++) {
      PartitionField field = fields.get(i);
      if (field.transform().isVoid()) {
        continue;
      }
      String column = spec.schema().findColumnName(field.sourceId());
      if (!field.transform().isIdentity()) {
        throw EngineException.unsupported(
            "add_files to a table partitioned by " + field.transform() + " of " + column);
      }
      if (!folders.containsKey(column)) {
        throw invalid(
            "the file " + location + " is in no folder " + column + "=..., as the table has them");
      }
      Object value = value(column, spec.schema().findType(field.sourceId()), folders.get(column));
      data.put(i, value);
      values.put(field.sourceId(), value);
    }
    return new ImportedPartition(data, values);
  }

  /** Whether it is among those that {@code partition_filter} asks for. */
  boolean matches(PartitionSpec spec, Map<String, String> filter) {
    boolean all = true;
    for (Map.Entry<String, String> wanted : filter.entrySet()) {
      PartitionField field =
          spec.fields().stream()
              .filter(each -> each.transform().isIdentity())
              .filter(each -> wanted.getKey().equals(spec.schema().findColumnName(each.sourceId())))
              .findFirst()
              .orElseThrow(
                  () ->
                      invalid(
                          "the table is not partitioned by '"
                              + wanted.getKey()
                              + "', which partition_filter names"));
      Object value =
          value(wanted.getKey(), spec.schema().findType(field.sourceId()), wanted.getValue());
      all &= Objects.equals(value, values.get(field.sourceId()));
    }
    return all;
  }

  /** The names and values of the folders right above a file; null for no value. */
  static Map<String, @Nullable String> folders(String location) {
    Map<String, @Nullable String> folders = new LinkedHashMap<>();
    List<String> parts = new ArrayList<>(List.of(location.split("/", -1)));
    for (int i = parts.size() - 2; i > 0; i--) {
      int equals = parts.get(i).indexOf('=');
      if (equals <= 0) {
        break;
      }
      String value = decoded(parts.get(i).substring(equals + 1));
      folders.putIfAbsent(
          decoded(parts.get(i).substring(0, equals)), value.equals(NULL) ? null : value);
    }
    return folders;
  }

  private static String decoded(String part) {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return part; // a percent sign that stands for itself
    }
  }

  private static @Nullable Object value(String column, Type type, @Nullable String text) {
    if (text == null || text.equals(NULL)) {
      return null;
    }
    boolean isBoolean = type.typeId() == Type.TypeID.BOOLEAN;
    if (isBoolean && !text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
      throw noValue(column, type, text, null);
    }
    try {
      return Conversions.fromPartitionString(type, text);
    } catch (UnsupportedOperationException e) {
      throw EngineException.unsupported("folders named by the column " + column + " of " + type);
    } catch (RuntimeException e) {
      // Each type has its own exception for a text that is none of its values.
      throw noValue(column, type, text, e);
    }
  }

  private static EngineException noValue(
      String column, Type type, String text, @Nullable RuntimeException cause) {
    return new EngineException(
        SqlState.INVALID_PARAMETER_VALUE,
        "'" + column + "=" + text + "' holds no value of " + type,
        cause);
  }

  private static EngineException invalid(String problem) {
    return new EngineException(SqlState.INVALID_PARAMETER_VALUE, problem);
  }
}
