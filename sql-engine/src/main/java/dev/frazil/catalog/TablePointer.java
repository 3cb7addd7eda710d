package dev.frazil.catalog;

/**
 * What the root says about one table or view: where its current metadata file stands.
 *
 * @param kind whether a table or a view; both share one space of names
 * @param metadataLocation the metadata file, used once and never overwritten
 * @param uuid the identity of the table, kept when it is renamed, new when it is created again
 */
public record TablePointer(Kind kind, String metadataLocation, String uuid) {

  /** What a pointer leads to. */
  public enum Kind {
    TABLE("table"),
    VIEW("view");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** The word in the root object and in messages. */
    public String label() {
      return label;
    }
  }
}
