package dev.frazil.function;

import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.Field;
import dev.frazil.type.SqlType.RowType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which arguments a function takes and what it gives. Written as {@code "varchar, bigint? ->
 * varchar"}: types as in {@link TypePattern}, {@code ?} after one that may be left out, {@code ...}
 * after one that may be repeated or left out, {@code |} between overloads.
 */
public final class Signature {
  /**
   * Stands for an interval among the arguments of {@link #bind}, which in the engine is a number.
   */
  public static final SqlType INTERVAL =
      new RowType(List.of(new Field("interval", new DecimalType(DecimalType.MAX_PRECISION, 0))));

  private final List<TypePattern> parameters;
  private final int required;
  private final boolean repeats;
  private final TypePattern result;

  private Signature(
      List<TypePattern> parameters, int required, boolean repeats, TypePattern result) {
    this.parameters = parameters;
    this.required = required;
    this.repeats = repeats;
    this.result = result;
  }

  /**
   * A call that fits: the types that the arguments are brought to, and that of the result.
   *
   * @param isInterval whether the result is an interval, of which {@code result} is the number
   * @param distance how many steps of conversion it takes
   */
  public record Binding(
      List<SqlType> arguments, SqlType result, boolean isInterval, int distance) {}

  /** The overloads of a text. */
  static List<Signature> parse(String text) {
    List<Signature> signatures = new ArrayList<>();
    for (String overload : text.split("\\|", -1)) {
      signatures.add(new SignatureParser(overload.strip()).signature());
    }
    return signatures;
  }

  static Signature of(
      List<TypePattern> parameters, int required, boolean repeats, TypePattern result) {
    return new Signature(List.copyOf(parameters), required, repeats, result);
  }

  /** The nearest overload for arguments of these types, or null if none fits. */
  public static @Nullable Binding bind(List<Signature> overloads, List<SqlType> arguments) {
    Binding best = null;
    for (Signature signature : overloads) {
      Binding binding = signature.bind(arguments);
      if (binding != null && (best == null || binding.distance() < best.distance())) {
        best = binding;
      }
    }
    return best;
  }

  private @Nullable Binding bind(List<SqlType> arguments) {
    if (arguments.size() < required || arguments.size() > maxArguments()) {
      return null;
    }
    Map<String, SqlType> variables = new HashMap<>();
    int distance = 0;
    for (int i = 0; i < arguments.size(); i++) {
      int step = parameter(i).bind(arguments.get(i), variables);
      if (step < 0) {
        return null;
      }
      distance += step;
    }
    List<SqlType> types = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      TypePattern parameter = parameter(i);
      types.add(
          parameter.isAny() || arguments.get(i) instanceof SqlType.GeospatialType
              ? arguments.get(i)
              : parameter.resolve(variables));
    }
    return new Binding(
        types, result.resolve(variables), result.name().equals("interval"), distance);
  }

  private TypePattern parameter(int index) {
    return parameters.get(Math.min(index, parameters.size() - 1));
  }

  /** The type of an argument of which only the position is known, or null. */
  public @Nullable SqlType parameterType(int index) {
    return index < maxArguments() ? parameter(index).known() : null;
  }

  /** The types of a call that gives every argument, a repeated one once, for these letters. */
  public List<SqlType> argumentTypes(Map<String, SqlType> letters) {
    return parameters.stream()
        .map(each -> each.name().equals("interval") ? INTERVAL : each.resolve(letters))
        .toList();
  }

  public int minArguments() {
    return required;
  }

  /** {@link Integer#MAX_VALUE} where the last one repeats. */
  public int maxArguments() {
    return repeats ? Integer.MAX_VALUE : parameters.size();
  }

  /**
   * An argument, or the result.
   *
   * @param text the type as the reference shows it; a letter stands for any type
   * @param type null where it depends on the call
   */
  public record Argument(String text, @Nullable SqlType type, boolean optional, boolean repeats) {}

  /** The arguments, in order. */
  public List<Argument> arguments() {
    List<Argument> arguments = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      boolean isRepeated = repeats && i == parameters.size() - 1;
      arguments.add(argument(parameters.get(i), i >= required, isRepeated));
    }
    return arguments;
  }

  public Argument result() {
    return argument(result, false, false);
  }

  private static Argument argument(TypePattern pattern, boolean optional, boolean repeats) {
    return new Argument(
        pattern.toString(),
        pattern.isConcrete() ? pattern.resolve(Map.of()) : null,
        optional,
        repeats);
  }

  /** As {@code (varchar, [bigint]) -> varchar}, for the reference and for errors. */
  @Override
  public String toString() {
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      String type = parameters.get(i).toString();
      boolean last = repeats && i == parameters.size() - 1;
      shown.add(last ? type + ", ..." : i < required ? type : "[" + type + "]");
    }
    return "(" + String.join(", ", shown) + ") -> " + result;
  }
}
