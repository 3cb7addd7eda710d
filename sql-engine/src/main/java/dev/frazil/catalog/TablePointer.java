package dev.frazil.catalog;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the catalog says about one table or view: where its current metadata file stands. Immutable.
 * Catalogs that keep no identities leave it to be read from that file, when somebody asks.
 */
public final class TablePointer {
  private final Kind kind;
  private final String metadataLocation;
  private final Supplier<String> uuidReader;
  private volatile @Nullable String uuid;

  /**
   * @param kind whether a table or a view; both share one space of names
   * @param metadataLocation the metadata file, used once and never overwritten
   * @param uuid the identity of the table, kept when it is renamed, new when it is created again
   */
  public TablePointer(Kind kind, String metadataLocation, String uuid) {
    this.kind = kind;
    this.metadataLocation = metadataLocation;
    this.uuid = uuid;
    this.uuidReader = () -> uuid;
  }

  /** One whose identity is read at most once. */
  TablePointer(Kind kind, String metadataLocation, Supplier<String> uuidReader) {
    this.kind = kind;
    this.metadataLocation = metadataLocation;
    this.uuidReader = uuidReader;
  }

  public Kind kind() {
    return kind;
  }

  public String metadataLocation() {
    return metadataLocation;
  }

  public String uuid() {
    String known = uuid;
    if (known == null) {
      known = uuidReader.get();
      uuid = known;
    }
    return known;
  }

  /** The same kind and file; and the same identity, as far as both know theirs. */
  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof TablePointer that)
        || kind != that.kind
        || !metadataLocation.equals(that.metadataLocation)) {
      return false;
    }
    String own = uuid;
    String others = that.uuid;
    return own == null || others == null || own.equals(others);
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind, metadataLocation);
  }

  @Override
  public String toString() {
    return kind.label() + " " + metadataLocation + (uuid == null ? "" : " " + uuid);
  }

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
