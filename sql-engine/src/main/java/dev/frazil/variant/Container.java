package dev.frazil.variant;

/**
 * Where the parts of an object or array lie.
 *
 * @param ids where the ids of names begin; for arrays as {@code offsets}
 * @param offsets where the offsets begin, one more than members
 * @param values where the values begin, from which the offsets count
 */
record Container(
    boolean isObject, int count, int ids, int idWidth, int offsets, int offsetWidth, int values) {

  /** Of bytes that are checked. */
  static Container of(byte[] data, int at) {
    return of(data, at, data.length);
  }

  /** Of the container that begins at {@code at}: its head lies before {@code to}, or it throws. */
  static Container of(byte[] data, int at, int to) {
    int header = (data[at] & 0xff) >> 2;
    boolean isObject = (data[at] & 3) == VariantBytes.OBJECT;
    int offsetWidth = (header & 3) + 1;
    int idWidth = isObject ? ((header >> 2) & 3) + 1 : 0;
    boolean isLarge = (header & (isObject ? 16 : 4)) != 0;
    int countWidth = isLarge ? 4 : 1;
    long ids = at + 1L + countWidth;
    long count = ids > to ? -1 : VariantBytes.unsigned(data, at + 1, countWidth);
    long offsets = ids + count * idWidth;
    long values = offsets + (count + 1) * offsetWidth;
    if (count < 0 || values > to) {
      throw new MalformedVariantException("a container has more members than bytes");
    }
    return new Container(
        isObject, (int) count, (int) ids, idWidth, (int) offsets, offsetWidth, (int) values);
  }

  int id(int member) {
    return ids + member * idWidth;
  }

  int offset(int member) {
    return offsets + member * offsetWidth;
  }

  /** Where a member's value begins. */
  int value(byte[] data, int member) {
    return values + VariantBytes.unsigned(data, offset(member), offsetWidth);
  }
}
