package dev.frazil.bridge;

import dev.frazil.catalog.DatabaseSnapshot;
import dev.frazil.catalog.RootChange;
import java.util.List;
import java.util.function.Function;

/**
 * A change whose success is all that the client is told.
 *
 * @param changes what is to be done in a state of the database
 */
record SilentPlan(Function<DatabaseSnapshot, List<RootChange>> changes)
    implements GuardedChange.Plan<RestAnswer> {

  @Override
  public GuardedChange.Planned<RestAnswer> on(DatabaseSnapshot now, String commitId) {
    return GuardedChange.Planned.of(changes.apply(now), RestAnswer.done());
  }

  @Override
  public RestAnswer again(DatabaseSnapshot now) {
    return RestAnswer.done();
  }
}
