package dev.frazil.plan.parser;

import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.ArrayType;
import dev.frazil.type.SqlType.Field;
import dev.frazil.type.SqlType.FixedType;
import dev.frazil.type.SqlType.GeospatialType;
import dev.frazil.type.SqlType.MapType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.SqlType.RowType;
import dev.frazil.type.Timestamps;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The types of casts that Calcite writes otherwise: {@code array(integer)}, {@code integer[]},
 * {@code map(k, v)}, and rows of those.
 *
 * @param text the type in Calcite's words
 * @param end the index behind its last token
 */
record CastTypes(String text, int end) {
  private static final Set<String> CASTS = Set.of("cast", "try_cast", "safe_cast");
  private static final Set<String> NESTED = Set.of("array", "list", "map", "row", "struct");
  private static final Set<String> GEOSPATIAL = Set.of("geometry", "geography");
  private static final Set<String> FURTHER_WORDS =
      Set.of("precision", "varying", "with", "without", "local", "time", "zone");

  /** Whether the AS at {@code index} stands in a cast rather than before an alias. */
  static boolean isInCast(List<SqlToken> tokens, int from, int index) {
    int depth = 0;
    for (int i = index - 1; i > from; i--) {
      if (tokens.get(i).isSymbol(")")) {
        depth++;
      } else if (tokens.get(i).isSymbol("(") && depth-- == 0) {
        return CASTS.contains(tokens.get(i - 1).value());
      }
    }
    return false;
  }

  /** The type at {@code start}; null where Calcite reads it as it is. */
  static @Nullable CastTypes read(SqlText source, List<SqlToken> tokens, int start, int to) {
    if (!isOther(tokens, start, to)) {
      return null;
    }
    TokenReader reader = new TokenReader(source, tokens, start, to);
    String text = text(new TypeParser(reader).type());
    return new CastTypes(text, reader.index());
  }

  private static boolean isOther(List<SqlToken> tokens, int start, int to) {
    if (start + 1 >= to) {
      return false;
    }
    SqlToken first = tokens.get(start);
    SqlToken second = tokens.get(start + 1);
    boolean isNested = first.kind() == SqlToken.Kind.WORD && NESTED.contains(first.value());
    if (isNested && (second.isSymbol("<") || (second.isSymbol("(") && !first.is("row")))) {
      return true;
    }
    if (GEOSPATIAL.contains(first.value()) || (first.is("fixed") && second.isSymbol("("))) {
      return true;
    }
    int depth = 0;
    for (int i = start + 1; i + 1 < to; i++) {
      SqlToken token = tokens.get(i);
      if (token.isSymbol("(")) {
        depth++;
      } else if (token.isSymbol(")")) {
        if (depth-- == 0) {
          return false;
        }
      } else if (token.isSymbol("[") && tokens.get(i + 1).isSymbol("]")) {
        return true;
      } else if (depth == 0 && !(token.is("array") || FURTHER_WORDS.contains(token.value()))) {
        return false;
      } else if (depth > 0 && GEOSPATIAL.contains(token.value())) {
        return true;
      } else if (depth > 0
          && NESTED.contains(token.value())
          && (tokens.get(i + 1).isSymbol("(") || tokens.get(i + 1).isSymbol("<"))) {
        return true;
      }
    }
    return false;
  }

  /** A type in Calcite's words. */
  static String text(SqlType type) {
    if (type instanceof ArrayType array) {
      return text(array.element()) + " ARRAY";
    } else if (type instanceof MapType map) {
      return "MAP<" + text(map.key()) + ", " + text(map.value()) + ">";
    } else if (type instanceof RowType row) {
      List<String> fields = new ArrayList<>();
      for (Field field : row.fields()) {
        fields.add(QueryText.quote(field.name()) + " " + text(field.type()));
      }
      return "ROW(" + String.join(", ", fields) + ")";
    } else if (type instanceof FixedType fixed) {
      return "BINARY(" + fixed.lengthBytes() + ")";
    } else if (type instanceof GeospatialType) {
      return QueryText.quote(type.sqlName()); // a name that our catalog reader knows
    } else if (type == Primitive.TIMESTAMP || type == Primitive.TIME) {
      return type.sqlName() + "(6)";
    }
    if (Timestamps.hasZone(type)) {
      return "TIMESTAMP(" + (Timestamps.isNano(type) ? 9 : 6) + ") WITH LOCAL TIME ZONE";
    }
    // a word that Calcite reads as a truth value
    return type == Primitive.UNKNOWN ? "\"unknown\"" : type.sqlName();
  }
}
