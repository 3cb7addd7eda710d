package dev.frazil.catalog.aws;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a catalog as it is at one moment. A scan passes its items one after the other, and another
 * writer's transaction may fall between two of them; but a version of an item is never used again,
 * so an item that is the same in two scans was so all the time between them. Two equal scans, the
 * earlier of which may be that of the statement before, are therefore the state at the beginning of
 * the second. Where some items moved between them, those are read in one transaction between two
 * further scans.
 *
 * <p>The index of the table is never asked: it is only eventually consistent. Thread-safe.
 */
final class DynamoDbView {
  private static final int MAX_ROUNDS = 50;

  private final DynamoDbTable table;
  private @Nullable Map<DynamoDbKey, DynamoDbItem> known;

  DynamoDbView(DynamoDbTable table) {
    this.table = table;
  }

  /** All items at one moment, which is not before this call; empty where there is no table. */
  Optional<Map<DynamoDbKey, DynamoDbItem>> read() {
    Optional<Map<DynamoDbKey, DynamoDbItem>> first = table.scan();
    if (first.isEmpty()) {
      remember(null);
      return first;
    }
    Map<DynamoDbKey, DynamoDbItem> read = first.get();
    if (!read.equals(remembered()) && read.size() > 1) {
      read = settled(read);
    }
    remember(read);
    return Optional.of(read);
  }

  private Map<DynamoDbKey, DynamoDbItem> settled(Map<DynamoDbKey, DynamoDbItem> earlier) {
    Map<DynamoDbKey, DynamoDbItem> before = earlier;
    Set<DynamoDbKey> busy = new LinkedHashSet<>();
    for (int round = 0; round < MAX_ROUNDS; round++) {
      boolean few = !busy.isEmpty() && busy.size() <= DynamoDbTable.MAX_TOGETHER;
      Map<DynamoDbKey, DynamoDbItem> between = few ? table.together(busy) : Map.of();
      Map<DynamoDbKey, DynamoDbItem> after = table.scan().orElse(Map.of());
      Set<DynamoDbKey> moved = difference(before, after);
      if (few && busy.containsAll(moved)) {
        Map<DynamoDbKey, DynamoDbItem> state = new HashMap<>(after);
        state.keySet().removeAll(busy);
        state.putAll(between);
        return state;
      }
      if (moved.isEmpty()) {
        return after;
      }
      busy.addAll(moved);
      before = after;
    }
    throw EngineException.passing(
        SqlState.SERIALIZATION_FAILURE,
        "so many other writers change "
            + table.target()
            + " that it could not be read at one moment: run the statement again",
        new IllegalStateException(busy.size() + " tables moved"));
  }

  private static Set<DynamoDbKey> difference(
      Map<DynamoDbKey, DynamoDbItem> one, Map<DynamoDbKey, DynamoDbItem> other) {
    Set<DynamoDbKey> keys = new HashSet<>(one.keySet());
    keys.addAll(other.keySet());
    keys.removeIf(key -> Objects.equals(one.get(key), other.get(key)));
    return keys;
  }

  private synchronized @Nullable Map<DynamoDbKey, DynamoDbItem> remembered() {
    return known;
  }

  private synchronized void remember(@Nullable Map<DynamoDbKey, DynamoDbItem> read) {
    known = read;
  }
}
