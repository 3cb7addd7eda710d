package dev.frazil.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.jspecify.annotations.Nullable;

/**
 * Names match whatever their case; an exact match wins. Of a name that a table of the statement has
 * in several cases, as others write them, only the exact one matches: another one tells nothing.
 */
final class ExactFirstNames implements SqlNameMatcher {
  static final ExactFirstNames INSTANCE = new ExactFirstNames(Set::of);

  private final Supplier<Set<String>> exactOnly;

  /**
   * @param exactOnly names of which a table of the statement has several that differ in case only;
   *     finds them whatever their case
   */
  ExactFirstNames(Supplier<Set<String>> exactOnly) {
    this.exactOnly = exactOnly;
  }

  private boolean matchesOtherCase(String candidate, String name) {
    return candidate.equalsIgnoreCase(name) && !exactOnly.get().contains(name);
  }

  /** The name among the candidates that is meant, or null. */
  static @Nullable String find(Collection<String> candidates, String name) {
    if (candidates.contains(name)) {
      return name;
    }
    for (String candidate : candidates) {
      if (candidate.equalsIgnoreCase(name)) {
        return candidate;
      }
    }
    return null;
  }

  /** Calcite asks this where it decides whether one column of a row is meant or several. */
  @Override
  public boolean isCaseSensitive() {
    return !exactOnly.get().isEmpty();
  }

  @Override
  public boolean matches(String string, String name) {
    return string.equals(name) || matchesOtherCase(string, name);
  }

  @Override
  public <K extends List<String>, V> @Nullable V get(
      Map<K, V> map, List<String> prefixNames, List<String> names) {
    List<String> wanted = new ArrayList<>(prefixNames);
    wanted.addAll(names);
    V insensitive = null;
    for (Map.Entry<K, V> entry : map.entrySet()) {
      if (entry.getKey().equals(wanted)) {
        return entry.getValue();
      }
      if (insensitive == null && equalsIgnoreCase(entry.getKey(), wanted)) {
        insensitive = entry.getValue();
      }
    }
    return insensitive;
  }

  private static boolean equalsIgnoreCase(List<String> left, List<String> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (!left.get(i).equalsIgnoreCase(right.get(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String bestString() {
    throw new UnsupportedOperationException("only matchers that remember have a best string");
  }

  @Override
  public @Nullable RelDataTypeField field(RelDataType rowType, String fieldName) {
    RelDataTypeField insensitive = null;
    for (RelDataTypeField field : rowType.getFieldList()) {
      if (field.getName().equals(fieldName)) {
        return field;
      }
      if (insensitive == null && matchesOtherCase(field.getName(), fieldName)) {
        insensitive = field;
      }
    }
    return insensitive;
  }

  @Override
  public int frequency(Iterable<String> names, String name) {
    int exact = 0;
    int insensitive = 0;
    for (String candidate : names) {
      if (candidate.equals(name)) {
        exact++;
      } else if (matchesOtherCase(candidate, name)) {
        insensitive++;
      }
    }
    return exact > 0 ? exact : insensitive;
  }

  @Override
  public Set<String> createSet() {
    return new TreeSet<>(this::compare);
  }

  private int compare(String left, String right) {
    int order = String.CASE_INSENSITIVE_ORDER.compare(left, right);
    return order == 0 && exactOnly.get().contains(left) ? left.compareTo(right) : order;
  }
}
