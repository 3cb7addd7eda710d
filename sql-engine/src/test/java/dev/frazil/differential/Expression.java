package dev.frazil.differential;

import dev.frazil.differential.ValueType.Family;

/** Text and type of a value. */
record Expression(Fragment text, ValueType type) {

  /** Of parts, each a string, a fragment or an expression. */
  static Expression of(ValueType type, Object... parts) {
    Object[] fragments = new Object[parts.length];
    for (int i = 0; i < parts.length; i++) {
      fragments[i] = parts[i] instanceof Expression expression ? expression.text() : parts[i];
    }
    return new Expression(Fragment.join(type.family().name(), fragments), type);
  }

  Family family() {
    return type.family();
  }
}
