package dev.frazil.plan;

import com.google.common.collect.ImmutableSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.type.SqlTypeCoercionRule;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;

/** What Calcite lets a CAST convert: its own rules, and geometries from and to text and bytes. */
final class CastRules {
  static final SqlTypeCoercionRule INSTANCE = rules(SqlTypeCoercionRule.instance());

  private CastRules() {}

  private static SqlTypeCoercionRule rules(SqlTypeMappingRule given) {
    Map<SqlTypeName, ImmutableSet<SqlTypeName>> rules = new HashMap<>(given.getTypeMapping());
    add(
        rules,
        SqlTypeName.GEOMETRY,
        Set.of(
            SqlTypeName.GEOMETRY,
            SqlTypeName.CHAR,
            SqlTypeName.VARCHAR,
            SqlTypeName.BINARY,
            SqlTypeName.VARBINARY));
    add(rules, SqlTypeName.VARCHAR, Set.of(SqlTypeName.GEOMETRY));
    add(rules, SqlTypeName.VARBINARY, Set.of(SqlTypeName.GEOMETRY));
    return SqlTypeCoercionRule.instance(rules);
  }

  private static void add(
      Map<SqlTypeName, ImmutableSet<SqlTypeName>> rules, SqlTypeName to, Set<SqlTypeName> from) {
    rules.merge(
        to,
        ImmutableSet.copyOf(from),
        (known, more) -> ImmutableSet.<SqlTypeName>builder().addAll(known).addAll(more).build());
  }
}
