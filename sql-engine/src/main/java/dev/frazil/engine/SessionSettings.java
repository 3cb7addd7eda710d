package dev.frazil.engine;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.ResourceLimits;
import dev.frazil.plan.PlanSettings;
import dev.frazil.plan.SessionZone;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What statements read of the connection's properties, as SET left them. One thread at a time. */
final class SessionSettings {
  private final ConnectionConfig initial;
  private ConnectionConfig current;
  private ResourceLimits limits;
  private PlanSettings plan;
  private final @Nullable StatementSpans spans;
  private int slowQueryMillis;
  private boolean profilesOperators;

  SessionSettings(ConnectionConfig initial) {
    this.initial = initial;
    this.current = initial;
    this.limits = ResourceLimits.of(initial);
    this.plan = new PlanSettings(firstTimeZone(), recursionLimit(), wapBranch());
    this.spans = initial.flag(ConnectionProperty.OPEN_TELEMETRY) ? StatementSpans.find() : null;
    readWatching();
  }

  private void readWatching() {
    slowQueryMillis = current.integer(ConnectionProperty.SLOW_QUERY_MILLIS, 0);
    profilesOperators = current.flag(ConnectionProperty.PROFILE_OPERATORS);
  }

  /** From which time on a statement is logged as slow; 0 for never. */
  int slowQueryMillis() {
    return slowQueryMillis;
  }

  /** Whether operators note what they do. */
  boolean profilesOperators() {
    return profilesOperators;
  }

  /** Where statements are traced; null for nowhere. */
  @Nullable StatementSpans spans() {
    return spans;
  }

  private ZoneId firstTimeZone() {
    return initial
        .text(ConnectionProperty.TIME_ZONE)
        .map(SessionZone::of)
        .orElse(PlanSettings.defaults().timeZone());
  }

  private int recursionLimit() {
    return current.integer(
        ConnectionProperty.RECURSION_LIMIT, PlanSettings.DEFAULT_RECURSION_LIMIT);
  }

  private @Nullable String wapBranch() {
    return current.text(ConnectionProperty.WAP_BRANCH).filter(name -> !name.isEmpty()).orElse(null);
  }

  /** Under which id changes of tables with {@code write.wap.enabled} are staged; or null. */
  @Nullable String wapId() {
    return current.text(ConnectionProperty.WAP_ID).filter(id -> !id.isEmpty()).orElse(null);
  }

  /** What the connection began with. */
  ConnectionConfig initial() {
    return initial;
  }

  /** What the connection began with, and what SET changed since. */
  ConnectionConfig current() {
    return current;
  }

  ResourceLimits limits() {
    return limits;
  }

  PlanSettings plan() {
    return plan;
  }

  /** SET of a property that statements read; null for what the connection began with. */
  void set(ConnectionProperty property, @Nullable String value) {
    Map<ConnectionProperty, String> values = new EnumMap<>(ConnectionProperty.class);
    values.putAll(current.values());
    String wanted = value == null ? initial.values().get(property) : value;
    if (wanted == null) {
      values.remove(property);
    } else {
      values.put(property, wanted);
    }
    current = new ConnectionConfig(initial.warehouse(), values, initial.secrets());
    limits = ResourceLimits.of(current);
    plan = new PlanSettings(plan.timeZone(), recursionLimit(), wapBranch());
    readWatching();
  }

  /** SET TIME ZONE: not part of a transaction; null for the zone of the configuration. */
  void setTimeZone(@Nullable ZoneId zone) {
    plan = plan.in(zone == null ? firstTimeZone() : zone);
  }
}
