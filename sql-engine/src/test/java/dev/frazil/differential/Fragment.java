package dev.frazil.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The text of a query as a tree, in both dialects at once. The tree knows which smaller texts are
 * still queries, so that a failing one can be reduced.
 */
sealed interface Fragment {

  /** For whom the text is written. */
  enum Dialect {
    FRAZIL,
    DUCKDB
  }

  void write(StringBuilder out, Dialect dialect);

  /** Variants of this tree with one thing less, the ones that drop most first. */
  Stream<Fragment> smaller();

  /** The parts, left to right. */
  List<Fragment> parts();

  default String text(Dialect dialect) {
    StringBuilder out = new StringBuilder();
    write(out, dialect);
    return out.toString();
  }

  /** The same text in both dialects. */
  static Fragment of(String text) {
    return new Text(text, text);
  }

  static Fragment of(String frazil, String duckDb) {
    return new Text(frazil, duckDb);
  }

  /** A tree of strings and fragments that is replaced by any part of the same kind. */
  static Fragment join(String kind, Object... parts) {
    List<Fragment> fragments = new ArrayList<>();
    for (Object part : parts) {
      fragments.add(part instanceof Fragment fragment ? fragment : of((String) part));
    }
    return new Sequence(kind, fragments);
  }

  /** Something that may be left out. */
  static Fragment optional(Object... parts) {
    return new Items("", "", List.of(join("", parts)), 0);
  }

  /** Fixed text. */
  record Text(String frazil, String duckDb) implements Fragment {
    @Override
    public void write(StringBuilder out, Dialect dialect) {
      out.append(dialect == Dialect.FRAZIL ? frazil : duckDb);
    }

    @Override
    public Stream<Fragment> smaller() {
      return Stream.empty();
    }

    @Override
    public List<Fragment> parts() {
      return List.of();
    }
  }

  /** Parts in order; {@code kind} tells what may stand in its place, empty for nothing. */
  record Sequence(String kind, List<Fragment> parts) implements Fragment {
    @Override
    public void write(StringBuilder out, Dialect dialect) {
      parts.forEach(part -> part.write(out, dialect));
    }

    @Override
    public Stream<Fragment> smaller() {
      Stream<Fragment> inPlace =
          kind.isEmpty()
              ? Stream.empty()
              : Stream.concat(simplest(), parts.stream().flatMap(part -> within(part)));
      Stream<Fragment> inside =
          IntStream.range(0, parts.size())
              .boxed()
              .flatMap(i -> parts.get(i).smaller().map(part -> replace(i, part)));
      return Stream.concat(inPlace, inside);
    }

    private Stream<Fragment> simplest() {
      return switch (kind) {
        case "BOOLEAN" -> Stream.of(of("TRUE"), of("FALSE"), of("NULL"));
        case "INTEGER", "BIGINT", "DECIMAL", "DOUBLE" -> Stream.of(of("0"), of("1"));
        case "VARCHAR" -> Stream.of(of("''"), of("'a'"));
        default -> Stream.empty();
      };
    }

    private Stream<Fragment> within(Fragment part) {
      if (part instanceof Sequence sequence && sequence.kind().equals(kind)) {
        return Stream.of(part);
      }
      return part.parts().stream().flatMap(this::within);
    }

    private Fragment replace(int index, Fragment part) {
      List<Fragment> copy = new ArrayList<>(parts);
      copy.set(index, part);
      return new Sequence(kind, copy);
    }
  }

  /** A list of which all but {@code least} items may go; without items nothing is written. */
  record Items(String prefix, String separator, List<Fragment> parts, int least)
      implements Fragment {
    @Override
    public void write(StringBuilder out, Dialect dialect) {
      String before = prefix;
      for (Fragment part : parts) {
        out.append(before);
        part.write(out, dialect);
        before = separator;
      }
    }

    @Override
    public Stream<Fragment> smaller() {
      int size = parts.size();
      Stream<Fragment> halves =
          size < 3 || size / 2 < least
              ? Stream.empty()
              : Stream.of(without(0, size / 2), without(size / 2, size));
      Stream<Fragment> none = least > 0 || size < 2 ? Stream.empty() : Stream.of(without(0, size));
      Stream<Fragment> ones =
          size <= least
              ? Stream.empty()
              : IntStream.range(0, size).mapToObj(i -> without(i, i + 1));
      Stream<Fragment> inside =
          IntStream.range(0, size)
              .boxed()
              .flatMap(i -> parts.get(i).smaller().map(part -> replace(i, part)));
      return Stream.of(none, halves, ones, inside).flatMap(variants -> variants);
    }

    private Fragment without(int from, int to) {
      List<Fragment> copy = new ArrayList<>(parts);
      copy.subList(from, to).clear();
      return new Items(prefix, separator, copy, least);
    }

    private Fragment replace(int index, Fragment part) {
      List<Fragment> copy = new ArrayList<>(parts);
      copy.set(index, part);
      return new Items(prefix, separator, copy, least);
    }
  }
}
