package dev.frazil.engine;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.Operator;
import dev.frazil.exec.OperatorFactory;
import dev.frazil.exec.QueryContext;
import dev.frazil.plan.PlannedStatement;
import dev.frazil.plan.Procedure.Parameter;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorValues;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The values of the arguments of one CALL; NULL stands for an argument that is not given. */
final class ProcedureArguments {
  private static final long MICROS_PER_MILLI = 1_000;

  private final Map<String, Object> values = new HashMap<>();

  private ProcedureArguments() {}

  static ProcedureArguments of(PlannedStatement.Call call, QueryContext context) {
    ProcedureArguments arguments = new ProcedureArguments();
    try (Operator operator = OperatorFactory.create(call.arguments().root(), context)) {
      RowBatch batch = operator.next();
      if (batch == null) {
        throw EngineException.internal("the arguments of a CALL are one row");
      }
      int row = batch.selection() == null ? 0 : batch.selection().positions()[0];
      for (int i = 0; i < call.given().size(); i++) {
        Parameter parameter = call.given().get(i);
        Object value = VectorValues.read(batch.column(i), row);
        if (value != null) {
          arguments.values.put(parameter.name(), value);
        } else if (parameter.required()) {
          throw invalid(parameter.name(), "must not be NULL");
        }
      }
    }
    return arguments;
  }

  String table() {
    return (String) values.getOrDefault("table", "");
  }

  @Nullable String text(String name) {
    return (String) values.get(name);
  }

  boolean flag(String name, boolean otherwise) {
    return (Boolean) values.getOrDefault(name, otherwise);
  }

  @Nullable Long whole(String name) {
    return (Long) values.get(name);
  }

  /** Milliseconds since the epoch. */
  @Nullable Long timeMillis(String name) {
    Long micros = (Long) values.get(name);
    return micros == null ? null : Math.floorDiv(micros, MICROS_PER_MILLI);
  }

  Map<String, String> options(String name) {
    Map<String, String> options = new LinkedHashMap<>();
    Object value = values.getOrDefault(name, Map.of());
    if (!(value instanceof Map<?, ?> map)) {
      throw invalid(name, "must be a map such as MAP['key', 'value']");
    }
    map.forEach(
        (key, entry) -> {
          if (key == null || entry == null) {
            throw invalid(name, "must not hold NULL");
          }
          options.put(key.toString(), entry.toString());
        });
    return options;
  }

  Set<String> texts(String name) {
    Set<String> texts = new LinkedHashSet<>();
    for (Object element : list(name, "ARRAY['a', 'b']")) {
      if (!(element instanceof String text)) {
        throw invalid(name, "must hold texts");
      }
      texts.add(text);
    }
    return texts;
  }

  Set<Long> ids(String name) {
    Set<Long> ids = new LinkedHashSet<>();
    for (Object element : list(name, "ARRAY[1, 2]")) {
      if (!(element instanceof Number number)
          || !(number instanceof Integer || number instanceof Long)) {
        throw invalid(name, "must hold whole numbers");
      }
      ids.add(number.longValue());
    }
    return ids;
  }

  private List<?> list(String name, String example) {
    Object value = values.getOrDefault(name, List.of());
    if (!(value instanceof List<?> list)) {
      throw invalid(name, "must be an array such as " + example);
    }
    return list;
  }

  private static EngineException invalid(String name, String problem) {
    return new EngineException(
        SqlState.INVALID_PARAMETER_VALUE, "the argument '" + name + "' " + problem);
  }
}
