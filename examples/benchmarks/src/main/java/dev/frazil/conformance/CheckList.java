package dev.frazil.conformance;

import java.util.ArrayList;
import java.util.List;

/** The checks of one group as they are written down. */
final class CheckList {
  private final String group;
  private final List<Check> checks = new ArrayList<>();

  CheckList(String group) {
    this.group = group;
  }

  void add(String name, String basis, Check.Body body) {
    checks.add(new Check(group, name, basis, body));
  }

  List<Check> checks() {
    return checks;
  }
}
