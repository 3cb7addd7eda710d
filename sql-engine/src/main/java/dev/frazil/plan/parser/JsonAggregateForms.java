package dev.frazil.plan.parser;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code JSON_ARRAYAGG(...)} and {@code JSON_OBJECTAGG(...)} with FILTER, OVER or WITHIN GROUP
 * behind them, which Calcite's parser takes behind plain functions only, and those of PostgreSQL:
 * they become calls of {@link #ARRAY} and {@link #OBJECT}.
 */
public final class JsonAggregateForms {
  /** The name of the plain function for an array, before {@link #ABSENT} or nothing. */
  public static final String ARRAY = "$json_arrayagg";

  /** The name of the plain function for an object of two arguments. */
  public static final String OBJECT = "$json_objectagg";

  /** Behind a name: nulls are left out. */
  public static final String ABSENT = "_absent";

  private static final Set<String> ARRAYS = Set.of("json_arrayagg", "json_agg", "jsonb_agg");
  private static final Set<String> OBJECTS =
      Set.of("json_objectagg", "json_object_agg", "jsonb_object_agg");

  private JsonAggregateForms() {}

  /** Whether such a call begins at a token; if so, tells what stands instead of its tokens. */
  static boolean claim(List<SqlToken> tokens, int index, int to, Map<Integer, String> instead) {
    SqlToken name = tokens.get(index);
    boolean isArray = ARRAYS.contains(name.value());
    if (name.kind() != SqlToken.Kind.WORD
        || !(isArray || OBJECTS.contains(name.value()))
        || index + 2 >= to
        || !tokens.get(index + 1).isSymbol("(")) {
      return false;
    }
    SqlToken afterKey = tokens.get(index + 3);
    boolean hasKeyWord =
        tokens.get(index + 2).is("key") && !afterKey.is("value") && !afterKey.isSymbol(":");
    int separator = -1;
    int order = -1;
    int depth = 0;
    int end = index + 2;
    while (end < to && !(depth == 0 && tokens.get(end).isSymbol(")"))) {
      SqlToken token = tokens.get(end);
      if (token.isSymbol("(") || token.isSymbol("[") || token.is("case")) {
        depth++;
      } else if (token.isSymbol(")") || token.isSymbol("]") || token.is("end")) {
        depth--;
      } else if (depth == 0 && separator < 0 && end > index + (hasKeyWord ? 3 : 2)) {
        separator = token.is("value") || token.isSymbol(":") ? end : -1;
      }
      if (depth == 0 && token.is("order") && tokens.get(end + 1).is("by")) {
        order = end;
      }
      end++;
    }
    boolean isFollowed =
        end + 1 < to
            && (tokens.get(end + 1).is("filter")
                || tokens.get(end + 1).is("over")
                || tokens.get(end + 1).is("within"));
    if (!isFollowed) {
      return false;
    }
    boolean isAbsent = name.is("json_arrayagg");
    if (end - 3 > index + 1 && tokens.get(end - 2).is("on") && tokens.get(end - 1).is("null")) {
      isAbsent = tokens.get(end - 3).is("absent");
      for (int i = end - 3; i < end; i++) {
        instead.put(i, "");
      }
    }
    if (order > 0) {
      instead.put(order, ") WITHIN GROUP (ORDER");
    }
    if (!isArray && separator > 0) {
      instead.put(separator, ",");
      if (hasKeyWord) {
        instead.put(index + 2, "");
      }
    }
    instead.put(index, QueryText.quote((isArray ? ARRAY : OBJECT) + (isAbsent ? ABSENT : "")));
    return true;
  }
}
