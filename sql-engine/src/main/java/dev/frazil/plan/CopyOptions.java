package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.parser.ParsedStatement.CopyOption;
import dev.frazil.plan.parser.SqlText;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The options of a COPY. Errors: 22023 for a value that is not allowed or an option of another
 * format, 42601 for one that is unknown or given twice.
 */
final class CopyOptions {
  private static final Set<String> OF_CSV = Set.of("header", "delimiter", "quote", "null");
  private static final Set<String> KNOWN =
      Set.of("format", "compression", "overwrite", "header", "delimiter", "quote", "null");

  private final List<CopyOption> options;
  private final SqlText source;

  CopyOptions(List<CopyOption> options, SqlText source) {
    this.options = options;
    this.source = source;
    Set<String> seen = new HashSet<>();
    for (CopyOption option : options) {
      if (!KNOWN.contains(option.name())) {
        throw source.syntaxError(
            option.offset(),
            "COPY has no option " + upper(option) + NearestNames.hint(option.name(), sorted()));
      }
      if (!seen.add(option.name())) {
        throw source.syntaxError(option.offset(), "the option " + upper(option) + " stands twice");
      }
    }
  }

  private static List<String> sorted() {
    return KNOWN.stream().sorted().toList();
  }

  /** The format that FORMAT names, else the one of the file's ending. */
  CopyFormat format(String location, int offset, boolean writes) {
    CopyOption named = find("format");
    String name = named == null ? ending(location) : String.valueOf(named.value());
    CopyFormat format =
        switch (name.toLowerCase(Locale.ROOT)) {
          case "csv" -> csv(location);
          case "json", "jsonl", "ndjson" -> new CopyFormat.Json(gzip(location));
          case "parquet" -> new CopyFormat.Parquet(text("compression"));
          default ->
              throw invalid(
                  named == null ? offset : named.offset(),
                  named == null
                      ? "the ending of '"
                          + location
                          + "' tells no format: add (FORMAT CSV), JSON"
                          + " or PARQUET"
                      : "FORMAT is CSV, JSON or PARQUET");
        };
    for (CopyOption option : options) {
      if (OF_CSV.contains(option.name()) && !(format instanceof CopyFormat.Csv)) {
        throw invalid(option.offset(), upper(option) + " is an option of FORMAT CSV only");
      }
      boolean onlyWritten =
          option.name().equals("overwrite")
              || (option.name().equals("compression") && format instanceof CopyFormat.Parquet);
      if (onlyWritten && !writes) {
        throw invalid(option.offset(), upper(option) + " is an option of COPY ... TO only");
      }
    }
    return format;
  }

  boolean overwrite() {
    return flag("overwrite", false);
  }

  private CopyFormat csv(String location) {
    char delimiter = character("delimiter", ',');
    char quote = character("quote", '"');
    String nullText = text("null");
    if (delimiter == quote) {
      throw invalid(options.get(0).offset(), "DELIMITER and QUOTE are the same character");
    }
    if (nullText != null
        && (nullText.indexOf(delimiter) >= 0
            || nullText.indexOf(quote) >= 0
            || nullText.contains("\n")
            || nullText.contains("\r"))) {
      throw invalid(
          options.get(0).offset(), "NULL holds the DELIMITER, the QUOTE or an end of a line");
    }
    return new CopyFormat.Csv(
        flag("header", true), delimiter, quote, nullText == null ? "" : nullText, gzip(location));
  }

  private static String ending(String location) {
    String name = location.toLowerCase(Locale.ROOT);
    if (name.endsWith(".gz")) {
      name = name.substring(0, name.length() - 3);
    }
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private boolean gzip(String location) {
    CopyOption option = find("compression");
    if (option == null) {
      return location.toLowerCase(Locale.ROOT).endsWith(".gz");
    }
    return switch (String.valueOf(option.value()).toLowerCase(Locale.ROOT)) {
      case "gzip" -> true;
      case "none" -> false;
      default -> throw invalid(option.offset(), "COMPRESSION of text is GZIP or NONE");
    };
  }

  private boolean flag(String name, boolean otherwise) {
    CopyOption option = find(name);
    if (option == null) {
      return otherwise;
    }
    @Nullable String value = option.value();
    return switch (value == null ? "true" : value.toLowerCase(Locale.ROOT)) {
      case "true", "on", "1" -> true;
      case "false", "off", "0" -> false;
      default -> throw invalid(option.offset(), upper(option) + " is TRUE or FALSE");
    };
  }

  private char character(String name, char otherwise) {
    CopyOption option = find(name);
    if (option == null) {
      return otherwise;
    }
    String value = String.valueOf(option.value());
    if (value.length() != 1 || value.equals("\n") || value.equals("\r")) {
      throw invalid(option.offset(), upper(option) + " is one character, and no end of a line");
    }
    return value.charAt(0);
  }

  private @Nullable String text(String name) {
    CopyOption option = find(name);
    if (option == null) {
      return null;
    }
    if (option.value() == null) {
      throw invalid(option.offset(), upper(option) + " needs a value");
    }
    return option.value();
  }

  private @Nullable CopyOption find(String name) {
    for (CopyOption option : options) {
      if (option.name().equals(name)) {
        return option;
      }
    }
    return null;
  }

  private static String upper(CopyOption option) {
    return option.name().toUpperCase(Locale.ROOT);
  }

  private EngineException invalid(int offset, String message) {
    return new EngineException(
        SqlState.INVALID_PARAMETER_VALUE, message + " (" + source.position(offset) + ")");
  }
}
