package dev.frazil.engine;

import dev.frazil.plan.PlanSettings;
import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.iceberg.catalog.Namespace;
import org.jspecify.annotations.Nullable;

/**
 * The plans of the statements that a session ran last, by text, schema and settings. What comes out
 * must pass {@link PlanBinding} before it runs. A plan holds on to the metadata of its tables as
 * they were, which may be large, so plans go when memory is short. One thread.
 */
final class PlanCache {
  private static final int MAX_PLANS = 64;
  private static final int MAX_TEXT_LENGTH = 20_000;

  private record Key(String sql, Namespace schema, PlanSettings settings) {}

  private final Map<Key, SoftReference<BoundPlan>> plans =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, SoftReference<BoundPlan>> eldest) {
          return size() > MAX_PLANS;
        }
      };

  @Nullable BoundPlan find(String sql, Namespace schema, PlanSettings settings) {
    SoftReference<BoundPlan> found = plans.get(new Key(sql, schema, settings));
    return found == null ? null : found.get();
  }

  void put(String sql, Namespace schema, PlanSettings settings, BoundPlan plan) {
    if (sql.length() <= MAX_TEXT_LENGTH) {
      plans.put(new Key(sql, schema, settings), new SoftReference<>(plan));
    }
  }
}
