package dev.frazil.engine;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The idempotency token of a session: names one commit, which is applied at most once however often
 * it is run. One thread at a time.
 */
final class SessionToken {
  private final @Nullable String first;
  private @Nullable String name;
  private boolean used;

  /**
   * @param first what the connection began with
   */
  SessionToken(@Nullable String first) {
    this.first = first;
    this.name = first;
  }

  @Nullable String name() {
    return name;
  }

  void set(@Nullable String token) {
    name = token;
    used = false;
  }

  /** Back to what the connection began with. */
  void reset() {
    set(first);
  }

  /** 25000 where the token has named a commit of this session already. */
  void requireUnused() {
    if (name != null && used) {
      throw new EngineException(
          SqlState.INVALID_TRANSACTION_STATE,
          "the idempotency token '"
              + name
              + "' has already named a commit of this connection, so another change under it would"
              + " be taken for a repetition; set a new token, or do all of it in one transaction");
    }
  }

  /** Says that it named a commit. */
  void use() {
    used = name != null;
  }

  /** Does work under another token; afterwards this one counts again. */
  <T extends @Nullable Object> T under(String token, Supplier<T> work) {
    String ofSession = name;
    boolean ofSessionUsed = used;
    set(token);
    try {
      return work.get();
    } finally {
      name = ofSession;
      used = ofSessionUsed;
    }
  }
}
