package dev.frazil.function;

import dev.frazil.function.LibraryFunction.Example;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The reference of the scalar functions, as Markdown. */
public final class FunctionReference {
  /** Between these lines the page is that of the registry. */
  public static final String BEGIN = "<!-- scalar functions: tested against the registry -->";

  public static final String END = "<!-- end of scalar functions -->";

  private FunctionReference() {}

  /** All scalar functions, the built-in ones among them. */
  public static List<BuiltInPages.Page> pages() {
    List<BuiltInPages.Page> pages = new ArrayList<>(BuiltInPages.all());
    for (LibraryFunction function : FunctionLibrary.all()) {
      pages.add(
          new BuiltInPages.Page(
              function.names(),
              function.group().title(),
              function.signatures().stream().map(Signature::toString).toList(),
              function.description(),
              function.examples()));
    }
    return pages;
  }

  /** The text between {@link #BEGIN} and {@link #END}. */
  public static String markdown() {
    Map<String, List<BuiltInPages.Page>> groups = new LinkedHashMap<>();
    groups.put("Conditions", new ArrayList<>());
    for (FunctionGroup group : FunctionGroup.values()) {
      groups.put(group.title(), new ArrayList<>());
    }
    for (BuiltInPages.Page page : pages()) {
      groups.get(page.group()).add(page);
    }
    StringBuilder text = new StringBuilder();
    groups.forEach(
        (title, pages) -> {
          text.append("\n## ").append(title).append("\n\n");
          text.append("| function | arguments and result | what it gives | example |\n");
          text.append("|---|---|---|---|\n");
          pages.stream()
              .sorted(Comparator.comparing(page -> page.names().get(0)))
              .forEach(page -> row(page, text));
        });
    return text.toString();
  }

  private static void row(BuiltInPages.Page page, StringBuilder text) {
    List<String> examples = new ArrayList<>();
    for (Example example : page.examples()) {
      examples.add(
          code(example.call())
              + (example.result().isEmpty() ? "" : " → " + code(example.result())));
    }
    text.append("| ")
        .append(String.join(", ", page.names().stream().map(FunctionReference::code).toList()))
        .append(" | ")
        .append(
            String.join("<br>", page.signatures().stream().map(FunctionReference::code).toList()))
        .append(" | ")
        .append(escaped(page.description()))
        .append(" | ")
        .append(String.join("<br>", examples))
        .append(" |\n");
  }

  private static String code(String text) {
    return text.isEmpty() ? "''" : "`" + escaped(text) + "`";
  }

  private static String escaped(String text) {
    return text.replace("|", "\\|");
  }
}
