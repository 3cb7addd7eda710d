package dev.frazil.storage;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a {@link StoreProbe} found a store to lack; nothing, for a store that commits are safe on.
 *
 * @param lacks each with what was seen
 */
public record ProbeReport(Map<Lack, String> lacks) {

  /** Something that a safe commit needs. */
  public enum Lack {
    CREATE_CONDITION("a create over an existing object (PUT with If-None-Match: *) is not refused"),
    CREATE_RACE("of several creates at the same time more than one succeeds"),
    STALE_SWAP("a replacement under an outdated tag (PUT with If-Match) is not refused"),
    CURRENT_SWAP("a replacement under the current tag (PUT with If-Match) is refused"),
    SWAP_RACE("of several replacements of the same version more than one succeeds"),
    READ_AFTER_WRITE("a read does not show the write that was acknowledged before");

    private final String meaning;

    Lack(String meaning) {
      this.meaning = meaning;
    }

    /** What such a store does wrong. */
    public String meaning() {
      return meaning;
    }
  }

  public ProbeReport {
    Map<Lack, String> ordered = new EnumMap<>(Lack.class);
    ordered.putAll(lacks);
    lacks = java.util.Collections.unmodifiableMap(ordered);
  }

  public boolean safe() {
    return lacks.isEmpty();
  }

  /** Throws 08004 with everything that is missing. */
  public void requireSafe(String warehouse) {
    if (safe()) {
      return;
    }
    String list =
        lacks.entrySet().stream()
            .map(entry -> entry.getKey().meaning() + " (" + entry.getValue() + ")")
            .collect(Collectors.joining("; "));
    throw new EngineException(
        SqlState.CONNECTION_REJECTED,
        "the store of '"
            + warehouse
            + "' is refused, because commits on it could be lost: "
            + list
            + ". Nothing of the database has been written. Use a store with atomic conditional"
            + " writes, such as Amazon S3, or a local disk; readOnly=true still reads");
  }
}
