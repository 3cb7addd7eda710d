package dev.frazil.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One commit as the root sees it: all of its changes or none.
 *
 * @param commitId unique to this commit, the same over all of its attempts
 * @param token idempotency token; at most one edit of a token is ever applied
 * @param changes in order
 */
public record RootEdit(String commitId, @Nullable String token, List<RootChange> changes) {
  public RootEdit {
    changes = List.copyOf(changes);
  }
}
