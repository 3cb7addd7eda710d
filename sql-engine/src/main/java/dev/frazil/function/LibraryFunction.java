package dev.frazil.function;

import dev.frazil.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One function of the library. Immutable.
 *
 * @param names lower case; the first is its identity, the others are aliases
 * @param group the heading under which the reference lists it
 * @param signatures the overloads, by preference
 * @param description one line for the reference
 * @param examples calls with the results that they print; they run in the tests
 * @param takesNulls whether the body sees nulls; otherwise a null argument gives null
 * @param isVolatile whether it may answer differently for the same arguments
 * @param body its code
 */
public record LibraryFunction(
    List<String> names,
    FunctionGroup group,
    List<Signature> signatures,
    String description,
    List<Example> examples,
    boolean takesNulls,
    boolean isVolatile,
    FunctionBody body) {
  public LibraryFunction {
    names = List.copyOf(names);
    signatures = List.copyOf(signatures);
    examples = List.copyOf(examples);
  }

  /**
   * A call and what it prints.
   *
   * @param result empty where it changes from call to call
   */
  public record Example(String call, String result) {}

  /**
   * The type to take for an argument that nothing else tells about, or null.
   *
   * @param known the types of all arguments, UNKNOWN where not known
   */
  public @Nullable SqlType parameterType(int index, List<SqlType> known) {
    Signature.Binding binding = Signature.bind(signatures, known);
    SqlType bound = binding == null ? null : binding.arguments().get(index);
    if (bound != null && bound != SqlType.Primitive.UNKNOWN) {
      return bound;
    }
    for (Signature signature : signatures) {
      if (signature.minArguments() <= known.size() && known.size() <= signature.maxArguments()) {
        return signature.parameterType(index);
      }
    }
    return null;
  }

  /** The name that it is called by inside. */
  public String name() {
    return names.get(0);
  }
}
