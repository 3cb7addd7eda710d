package dev.frazil.maintenance;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.NearestNames;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The {@code options} of a procedure, as texts. What cannot be read is 22023.
 *
 * @param procedure its name, for messages
 */
public record ProcedureOptions(String procedure, Map<String, String> texts) {
  public ProcedureOptions {
    texts = Map.copyOf(texts);
  }

  /** 22023 for an option that does not exist, 0A000 for one that only Spark has. */
  void require(List<String> names, Set<String> unsupported) {
    for (String name : new TreeSet<>(texts.keySet())) {
      if (unsupported.contains(name)) {
        throw EngineException.unsupported("the option '" + name + "' of " + procedure);
      }
      if (!names.contains(name)) {
        throw invalid(procedure + " has no option '" + name + "'" + NearestNames.hint(name, names));
      }
    }
  }

  double ratio(String name, double otherwise) {
    @Nullable String text = texts.get(name);
    if (text == null) {
      return otherwise;
    }
    try {
      double ratio = Double.parseDouble(text);
      if (ratio > 0 && ratio <= 1) {
        return ratio;
      }
    } catch (NumberFormatException e) {
      throw invalid(name + " = '" + text + "' is not a number", e);
    }
    throw invalid(name + " = '" + text + "' is not above 0 and at most 1");
  }

  long positive(String name, long otherwise) {
    long value = whole(name, otherwise);
    if (value <= 0) {
      throw invalid(name + " = '" + value + "' is not positive");
    }
    return value;
  }

  long whole(String name, long otherwise) {
    @Nullable String text = texts.get(name);
    try {
      return text == null ? otherwise : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw invalid(name + " = '" + text + "' is not a whole number", e);
    }
  }

  boolean flag(String name, boolean otherwise) {
    @Nullable String text = texts.get(name);
    if (text == null) {
      return otherwise;
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw invalid(name + " = '" + text + "' is neither true nor false");
    };
  }

  static EngineException invalid(String problem) {
    return new EngineException(SqlState.INVALID_PARAMETER_VALUE, problem);
  }

  private static EngineException invalid(String problem, Exception cause) {
    return new EngineException(SqlState.INVALID_PARAMETER_VALUE, problem, cause);
  }
}
