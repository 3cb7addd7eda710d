package dev.frazil.orc;

import dev.frazil.parquet.encoding.MalformedDataException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A type of a file's schema, which is a tree: its root are the rows. Immutable.
 *
 * @param column number of the type, in pre-order; the streams of a stripe name it
 * @param name of the field that it is in its struct; empty where it is none
 * @param precision digits of a decimal
 * @param scale those behind its point
 */
record OrcType(
    int column,
    Kind kind,
    String name,
    List<OrcType> children,
    Map<String, String> attributes,
    int precision,
    int scale) {

  /** The kinds, in the order of their numbers. */
  enum Kind {
    BOOLEAN,
    BYTE,
    SHORT,
    INT,
    LONG,
    FLOAT,
    DOUBLE,
    STRING,
    BINARY,
    TIMESTAMP,
    LIST,
    MAP,
    STRUCT,
    UNION,
    DECIMAL,
    DATE,
    VARCHAR,
    CHAR,
    TIMESTAMP_INSTANT,
    GEOMETRY,
    GEOGRAPHY;

    static Kind of(int number) {
      if (number >= values().length) {
        throw new MalformedDataException("a type of kind " + number);
      }
      return values()[number];
    }
  }

  private static final String FIELD_ID = "iceberg.id";

  OrcType {
    children = List.copyOf(children);
    attributes = Map.copyOf(attributes);
  }

  /** The id of the Iceberg field; null in files that others wrote. */
  @Nullable Integer fieldId() {
    String id = attributes.get(FIELD_ID);
    if (id == null) {
      return null;
    }
    try {
      return Integer.valueOf(id);
    } catch (NumberFormatException e) {
      throw new MalformedDataException("a type whose " + FIELD_ID + " is no number", e);
    }
  }

  /** Whether this type or one below it has an id. */
  boolean hasIds() {
    return attributes.containsKey(FIELD_ID) || children.stream().anyMatch(OrcType::hasIds);
  }

  /** A type as the footer has it, children by their numbers. */
  record Node(
      Kind kind,
      List<Integer> children,
      List<String> names,
      Map<String, String> attributes,
      int precision,
      int scale) {

    /**
     * Reads a type.
     *
     * @param mostChildren of it, and names of fields
     */
    static Node read(ProtobufInput in, int mostChildren) {
      int kind = 0;
      List<Integer> children = new ArrayList<>();
      List<String> names = new ArrayList<>();
      Map<String, String> attributes = new HashMap<>();
      int precision = 0;
      int scale = 0;
      for (int field = in.nextField(); field != 0; field = in.nextField()) {
        switch (field) {
          case 1 -> kind = in.smallUint();
          case 2 ->
              in.uints(
                  child -> {
                    requireRoom(children, mostChildren);
                    children.add((int) Math.min(child, Integer.MAX_VALUE));
                  });
          case 3 -> {
            requireRoom(names, mostChildren);
            names.add(in.text());
          }
          case 5 -> precision = in.smallUint();
          case 6 -> scale = in.smallUint();
          case 7 -> attribute(in.message(), attributes);
          default -> in.skip();
        }
      }
      return new Node(Kind.of(kind), children, names, attributes, precision, scale);
    }

    private static void requireRoom(List<?> held, int most) {
      if (held.size() >= most) {
        throw new MalformedDataException("types of more than " + OrcLimits.MAX_TYPES + " types");
      }
    }

    /** Keeps the one that is looked at. */
    private static void attribute(ProtobufInput in, Map<String, String> attributes) {
      String key = "";
      String value = "";
      for (int field = in.nextField(); field != 0; field = in.nextField()) {
        switch (field) {
          case 1 -> key = in.text();
          case 2 -> value = in.text();
          default -> in.skip();
        }
      }
      if (key.equals(FIELD_ID)) {
        attributes.put(key, value);
      }
    }
  }

  /** The tree of types that stand in pre-order. */
  static OrcType tree(List<Node> nodes) {
    if (nodes.isEmpty() || nodes.get(0).kind() != Kind.STRUCT) {
      throw new MalformedDataException("a schema without a struct at its root");
    }
    Tree tree = new Tree(nodes);
    OrcType root = tree.next("", 0);
    if (tree.used != nodes.size()) {
      throw new MalformedDataException("types that belong to none");
    }
    return root;
  }

  private static final class Tree {
    private final List<Node> nodes;
    private int used;

    Tree(List<Node> nodes) {
      this.nodes = nodes;
    }

    OrcType next(String name, int depth) {
      int column = used++;
      Node node = nodes.get(column);
      if (depth > OrcLimits.MAX_DEPTH) {
        throw new MalformedDataException(
            "types nested deeper than " + OrcLimits.MAX_DEPTH + " levels");
      }
      int expected =
          switch (node.kind()) {
            case STRUCT -> node.names().size();
            case UNION -> node.children().size();
            case LIST -> 1;
            case MAP -> 2;
            default -> 0;
          };
      if (node.children().size() != expected) {
        throw new MalformedDataException(
            "type " + column + " (" + node.kind() + ") of " + node.children().size() + " types");
      }
      List<OrcType> children = new ArrayList<>();
      for (int i = 0; i < expected; i++) {
        if (node.children().get(i) != used || used >= nodes.size()) {
          throw new MalformedDataException("type " + column + " whose types are not behind it");
        }
        children.add(next(node.kind() == Kind.STRUCT ? node.names().get(i) : "", depth + 1));
      }
      return new OrcType(
          column, node.kind(), name, children, node.attributes(), node.precision(), node.scale());
    }
  }
}
