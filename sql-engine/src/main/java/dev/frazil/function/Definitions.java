package dev.frazil.function;

import dev.frazil.function.LibraryFunction.Example;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the functions of a group that are asked for. A group says {@code if
 * (library.has("left")) library.function("varchar, bigint -> varchar", body)...}, so that only what
 * is wanted is linked.
 */
final class Definitions {
  private final FunctionGroup group;
  private final @Nullable String wanted;
  private final boolean everything;
  private final List<String> names = new ArrayList<>();
  private final List<Definition> definitions = new ArrayList<>();
  private List<String> current = List.of();

  private Definitions(FunctionGroup group, @Nullable String wanted, boolean everything) {
    this.group = group;
    this.wanted = wanted;
    this.everything = everything;
  }

  static Definitions of(FunctionGroup group, String wanted) {
    return new Definitions(group, wanted, false);
  }

  static Definitions all(FunctionGroup group) {
    return new Definitions(group, null, true);
  }

  /** Collects names only. */
  static Definitions none(FunctionGroup group) {
    return new Definitions(group, null, false);
  }

  /** Names a function and its aliases; whether it is to be defined. */
  boolean has(String... functionNames) {
    current = List.of(functionNames);
    names.addAll(current);
    return everything || (wanted != null && current.contains(wanted));
  }

  /** Defines the function just named; signatures as {@link Signature#parse} reads them. */
  Definition function(String signatures, FunctionBody body) {
    Definition definition = new Definition(current, group, signatures, body);
    definitions.add(definition);
    return definition;
  }

  List<String> names() {
    return names;
  }

  List<LibraryFunction> functions() {
    return definitions.stream().map(Definition::build).toList();
  }

  /** A function in the making. */
  static final class Definition {
    private final List<String> names;
    private final FunctionGroup group;
    private final String signatures;
    private final FunctionBody body;
    private final List<Example> examples = new ArrayList<>();
    private String description = "";
    private boolean takesNulls;
    private boolean isVolatile;

    private Definition(
        List<String> names, FunctionGroup group, String signatures, FunctionBody body) {
      this.names = names;
      this.group = group;
      this.signatures = signatures;
      this.body = body;
    }

    /** The line of the reference. */
    Definition is(String line) {
      description = line;
      return this;
    }

    /** A call that runs and what it prints. */
    Definition example(String call, String result) {
      examples.add(new Example(call, result));
      return this;
    }

    /** The body sees nulls. */
    Definition takesNulls() {
      takesNulls = true;
      return this;
    }

    /** The same arguments may give another result; such examples print nothing. */
    Definition isVolatile() {
      isVolatile = true;
      return this;
    }

    private LibraryFunction build() {
      return new LibraryFunction(
          names,
          group,
          Signature.parse(signatures),
          description,
          examples,
          takesNulls,
          isVolatile,
          body);
    }
  }
}
