package dev.frazil.plan.parser;

import dev.frazil.type.SqlType;
import java.util.List;

/** A type that stands alone, such as {@code decimal(9, 2)} or {@code array(row(x integer))}. */
public final class TypeText {
  private TypeText() {}

  /** The type that DDL reads there; 42601 for anything else, 0A000 for a type without support. */
  public static SqlType parse(String text) {
    SqlText source = new SqlText(text);
    List<SqlToken> tokens = SqlTokenizer.tokens(source);
    int end = tokens.size() - 1;
    TokenReader reader = new TokenReader(source, tokens, 0, end);
    SqlType type = new TypeParser(reader).type();
    if (!reader.atEnd()) {
      throw reader.expected("the end of the type");
    }
    return type;
  }

  /** The type in the words that Calcite has for it. */
  public static String inCalcite(String text) {
    return CastTypes.text(parse(text));
  }
}
