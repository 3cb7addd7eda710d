package dev.frazil.variant;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path into a variant, as Spark writes it: {@code $}, then {@code .name}, {@code ['name']},
 * {@code ["name"]} or {@code [0]}. Names are taken as they stand, positions count from 0.
 */
public final class VariantPath {
  private final List<Step> steps;

  private record Step(byte @Nullable [] name, int position) {}

  private VariantPath(List<Step> steps) {
    this.steps = List.copyOf(steps);
  }

  /** Reads a path; 22023 if it is none. */
  public static VariantPath parse(String text) {
    if (!text.startsWith("$")) {
      throw notAPath(text);
    }
    List<Step> steps = new ArrayList<>();
    int at = 1;
    while (at < text.length()) {
      int end;
      if (text.charAt(at) == '.') {
        end = at + 1;
        while (end < text.length() && text.charAt(end) != '.' && text.charAt(end) != '[') {
          end++;
        }
        steps.add(name(text.substring(at + 1, end), text));
      } else if (text.charAt(at) == '[' && at + 1 < text.length()) {
        char quote = text.charAt(at + 1);
        if (quote == '\'' || quote == '"') {
          int close = text.indexOf(quote, at + 2);
          if (close < 0 || close + 1 >= text.length() || text.charAt(close + 1) != ']') {
            throw notAPath(text);
          }
          steps.add(name(text.substring(at + 2, close), text));
          end = close + 2;
        } else {
          int close = text.indexOf(']', at);
          steps.add(new Step(null, position(text, at + 1, close)));
          end = close + 1;
        }
      } else {
        throw notAPath(text);
      }
      at = end;
    }
    return new VariantPath(steps);
  }

  private static Step name(String name, String path) {
    if (name.isEmpty()) {
      throw notAPath(path);
    }
    return new Step(name.getBytes(StandardCharsets.UTF_8), 0);
  }

  private static int position(String text, int from, int to) {
    if (to <= from || to - from > 10 || !text.substring(from, to).matches("[0-9]+")) {
      throw notAPath(text);
    }
    return (int) Math.min(Integer.MAX_VALUE, Long.parseLong(text.substring(from, to)));
  }

  private static EngineException notAPath(String text) {
    return new EngineException(
        SqlState.INVALID_PARAMETER_VALUE,
        "'"
            + (text.length() > 60 ? text.substring(0, 60) + "..." : text)
            + "' is no path into a variant, such as $.a['b'][0]");
  }

  /** What it finds; null where there is nothing. */
  public @Nullable VariantValue find(VariantValue root) {
    VariantValue value = root;
    for (Step step : steps) {
      byte[] name = step.name();
      value = name == null ? element(value, step.position()) : field(value, name);
      if (value == null) {
        return null;
      }
    }
    return value;
  }

  /** The element of an array by its place from 0, or null. */
  public static @Nullable VariantValue element(VariantValue value, long position) {
    return value.kind() == VariantKind.ARRAY && position >= 0 && position < value.count()
        ? value.member((int) position)
        : null;
  }

  /** The field of an object by its name in UTF-8, or null. */
  public static @Nullable VariantValue field(VariantValue value, byte[] name) {
    return value.kind() == VariantKind.OBJECT ? value.field(name) : null;
  }
}
