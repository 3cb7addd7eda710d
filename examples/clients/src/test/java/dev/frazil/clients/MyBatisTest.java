package dev.frazil.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.jdbc.FrazilDataSource;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.MapKey;
import org.apache.ibatis.annotations.Options;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.apache.ibatis.cursor.Cursor;
import org.apache.ibatis.exceptions.PersistenceException;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.ExecutorType;
import org.apache.ibatis.session.RowBounds;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;
import org.apache.ibatis.type.BaseTypeHandler;
import org.apache.ibatis.type.JdbcType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MyBatis over Frazil: mappers, dynamic SQL, generated keys, batches, cursors. */
class MyBatisTest {
  /** A row, by setters. */
  public static class Parcel {
    private UUID id;
    private String customer;
    private BigDecimal weight;
    private LocalDate day;

    public UUID getId() {
      return id;
    }

    public void setId(UUID id) {
      this.id = id;
    }

    public String getCustomer() {
      return customer;
    }

    public void setCustomer(String customer) {
      this.customer = customer;
    }

    public BigDecimal getWeight() {
      return weight;
    }

    public void setWeight(BigDecimal weight) {
      this.weight = weight;
    }

    public LocalDate getDay() {
      return day;
    }

    public void setDay(LocalDate day) {
      this.day = day;
    }
  }

  /** MyBatis knows no UUID of its own; the driver takes and gives it as an object. */
  public static class UuidHandler extends BaseTypeHandler<UUID> {
    @Override
    public void setNonNullParameter(
        java.sql.PreparedStatement statement, int index, UUID value, JdbcType type)
        throws java.sql.SQLException {
      statement.setObject(index, value);
    }

    @Override
    public UUID getNullableResult(java.sql.ResultSet rows, String column)
        throws java.sql.SQLException {
      return rows.getObject(column, UUID.class);
    }

    @Override
    public UUID getNullableResult(java.sql.ResultSet rows, int column)
        throws java.sql.SQLException {
      return rows.getObject(column, UUID.class);
    }

    @Override
    public UUID getNullableResult(java.sql.CallableStatement call, int column)
        throws java.sql.SQLException {
      return call.getObject(column, UUID.class);
    }
  }

  /** Statements by annotations. */
  public interface Parcels {
    @Update(
        """
        CREATE TABLE parcels (
          id uuid DEFAULT uuidv7() PRIMARY KEY, customer varchar, weight decimal(8,3), day date)""")
    void create();

    @Insert("INSERT INTO parcels (customer, weight, day) VALUES (#{customer}, #{weight}, #{day})")
    @Options(useGeneratedKeys = true, keyProperty = "id", keyColumn = "id")
    int add(Parcel parcel);

    @Select("SELECT * FROM parcels WHERE id = #{id}")
    Parcel find(UUID id);

    @Select(
        """
        <script>
          SELECT * FROM parcels
          <where>
            <if test='customer != null'>customer = #{customer}</if>
            <if test='days != null'>
              AND day IN <foreach item='d' collection='days' open='(' separator=',' close=')'>#{d}</foreach>
            </if>
          </where>
          ORDER BY weight
        </script>""")
    List<Parcel> search(@Param("customer") String customer, @Param("days") List<LocalDate> days);

    @Select("SELECT customer, sum(weight) AS total FROM parcels GROUP BY customer")
    @MapKey("customer")
    Map<String, Map<String, Object>> totals();

    @Select("SELECT count(*) FROM parcels$snapshots")
    int commits();

    @Select("SELECT x FROM generate_series(1, 10000000) g(x)")
    @Options(fetchSize = 100)
    Cursor<Integer> numbers();
  }

  @TempDir Path folder;
  private SqlSessionFactory factory;

  @BeforeEach
  void configure() {
    FrazilDataSource database = new FrazilDataSource();
    database.setUrl("jdbc:iceberg:" + folder.resolve("shop"));
    Configuration configuration =
        new Configuration(new Environment("test", new JdbcTransactionFactory(), database));
    configuration.getTypeHandlerRegistry().register(UUID.class, UuidHandler.class);
    configuration.addMapper(Parcels.class);
    factory = new SqlSessionFactoryBuilder().build(configuration);
    try (SqlSession session = factory.openSession()) {
      session.getMapper(Parcels.class).create();
      session.commit();
    }
  }

  private static Throwable sqlCause(Throwable failure) {
    return failure instanceof java.sql.SQLException ? failure : sqlCause(failure.getCause());
  }

  private static Parcel parcel(String customer, String weight, int day) {
    Parcel parcel = new Parcel();
    parcel.setCustomer(customer);
    parcel.setWeight(weight == null ? null : new BigDecimal(weight));
    parcel.setDay(LocalDate.of(2026, 1, day));
    return parcel;
  }

  @Test
  void mappersAndGeneratedKeys() {
    try (SqlSession session = factory.openSession()) {
      Parcels parcels = session.getMapper(Parcels.class);
      Parcel first = parcel("ann", "1.250", 1);
      assertThat(parcels.add(first)).isEqualTo(1);
      assertThat(first.getId()).isNotNull();
      parcels.add(parcel("bob", "0.5", 2));
      parcels.add(parcel("ann", null, 3));
      session.commit();

      assertThat(parcels.find(first.getId()).getWeight()).isEqualTo("1.250");
      assertThat(parcels.search("ann", null)).extracting(Parcel::getDay).hasSize(2);
      assertThat(parcels.search(null, List.of(LocalDate.of(2026, 1, 2), LocalDate.of(2026, 1, 3))))
          .extracting(Parcel::getCustomer)
          .containsExactly("bob", "ann");
      assertThat(parcels.totals().get("ann")).containsEntry("total", new BigDecimal("1.250"));
    }
  }

  @Test
  void whatIsNotCommittedIsNotThere() {
    try (SqlSession session = factory.openSession()) {
      session.getMapper(Parcels.class).add(parcel("ann", "1", 1));
    }
    try (SqlSession session = factory.openSession()) {
      assertThat(session.getMapper(Parcels.class).search(null, null)).isEmpty();
      Parcel one = parcel("ann", "1", 1);
      session.getMapper(Parcels.class).add(one);
      session.rollback();
      assertThat(session.getMapper(Parcels.class).search(null, null)).isEmpty();
    }
  }

  @Test
  void aBatchIsOneCommitAndGivesKeysToo() {
    try (SqlSession session = factory.openSession(ExecutorType.BATCH)) {
      Parcels parcels = session.getMapper(Parcels.class);
      List<Parcel> added = List.of(parcel("a", "1", 1), parcel("b", "2", 2), parcel("c", "3", 3));
      added.forEach(parcels::add);
      session.flushStatements();
      session.commit();
      assertThat(added).extracting(Parcel::getId).doesNotContainNull().doesNotHaveDuplicates();
      assertThat(parcels.find(added.get(1).getId()).getCustomer()).isEqualTo("b");
      assertThat(parcels.commits()).isEqualTo(1);
    }
  }

  @Test
  void cursorsStreamAndRowBoundsSkip() throws Exception {
    try (SqlSession session = factory.openSession()) {
      Parcels parcels = session.getMapper(Parcels.class);
      try (Cursor<Integer> numbers = parcels.numbers()) {
        assertThat(numbers.iterator().next()).isEqualTo(1);
      }
      for (int day = 1; day < 6; day++) {
        parcels.add(parcel("ann", day + ".5", day));
      }
      Map<String, Object> wanted = new HashMap<>();
      wanted.put("customer", "ann");
      wanted.put("days", null);
      assertThat(
              session.<Parcel>selectList(
                  Parcels.class.getName() + ".search", wanted, new RowBounds(2, 2)))
          .extracting(Parcel::getWeight)
          .containsExactly(new BigDecimal("3.500"), new BigDecimal("4.500"));
    }
  }

  @Test
  void failuresHaveTheirCause() {
    try (SqlSession session = factory.openSession()) {
      Parcels parcels = session.getMapper(Parcels.class);
      assertThatThrownBy(() -> parcels.add(parcel("ann", "123456.789", 1)))
          .isInstanceOf(PersistenceException.class)
          .hasMessageContaining("decimal(8,3)")
          .extracting(MyBatisTest::sqlCause)
          .isInstanceOfSatisfying(
              java.sql.SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22003"));
    }
  }
}
