package dev.frazil.engine.semantics;

import org.junit.jupiter.api.Test;

/**
 * {@code to_char}, {@code to_date} and {@code to_timestamp} of times: the patterns of PostgreSQL's
 * manual, 9.8, by hand.
 */
class TimeTemplatesTest extends SqlExpressions {
  private static final String MOMENT = "to_char(TIMESTAMP '2024-01-02 13:05:07.25', ";

  @Test
  void everyFieldIsShown() {
    gives(
        MOMENT + "'YYYY YYY YY Y Y,YYY IYYY IYY IY I')",
        "2024 024 24 4 2,024 2024 024 24 4",
        MOMENT + "'CC Q WW W IW IDDD DDD DD D ID J')",
        "21 1 01 1 01 002 002 02 3 2 2460312",
        MOMENT + "'HH HH12 HH24 MI SS MS US SSSS SSSSS')",
        "01 01 13 05 07 250 250000 47107 47107",
        MOMENT + "'FF1 FF2 FF3 FF4 FF5 FF6')",
        "2 25 250 2500 25000 250000",
        MOMENT + "'AM am A.M. p.m. BC ad B.C. a.d.')",
        "PM pm P.M. p.m. AD ad A.D. a.d.",
        MOMENT + "'MONTH|Month|month|MON|Mon|mon|RM|rm|')",
        "JANUARY  |January  |january  |JAN|Jan|jan|I   |i   |",
        MOMENT + "'DAY|Day|day|DY|Dy|dy|')",
        "TUESDAY  |Tuesday  |tuesday  |TUE|Tue|tue|",
        "to_char(TIMESTAMP '2024-01-02 13:05:07+00:00', 'TZ tz TZH:TZM OF')",
        "UTC utc +00:00 +00",
        "to_char(DATE '-0043-03-15', 'YYYY BC, Y BC')",
        "0044 BC, 4 BC");
  }

  @Test
  void prefixesSuffixesAndOtherCharacters() {
    gives(
        MOMENT + "'DDth DDTH FMDDth MIth HH24TH')", "02nd 02ND 2nd 05th 13TH",
        MOMENT + "'FMMonth FMMM/FMDD FMRM FMHH12 TMDay')", "January 1/2 I 1 Tuesday  ",
        MOMENT + "'\"YYYY\" \"a\\\"b\" \\\"YYYY\\\" o''clock x')", "YYYY a\"b \"2024\" o'clock x",
        MOMENT + "'Hh24 Yyyy')", "Hh24 4024");
  }

  @Test
  void blanksAndSeparatorsAreForgiving() {
    gives(
        "to_date('05 Dec 2000', 'DD Mon YYYY')", "2000-12-05",
        "to_date('  2005   03-02 and more', 'YYYY/MM DD')", "2005-03-02",
        "to_date('2011$03!18', 'YYYY-MM-DD')", "2011-03-18",
        "to_date('2011x12x18', 'YYYYxMMxDD')", "2011-12-18",
        "to_date('1985 January 12', 'YYYY FMMonth DD')", "1985-01-12",
        "to_date('2000JUN', 'YYYY///MON')", "2000-06-01",
        "to_date('2000 JUN', 'FXYYYY MON')", "2000-06-01");
    fails("22007", "to_date('2000    JUN', 'FXYYYY MON')");
    fails("22007", "to_date('97/Feb/16', 'YYMonDD')");
    fails("22007", "to_date('19971', 'YYYYMMDD')");
    fails("22007", "to_date('19971)24', 'YYYYMMDD')");
  }

  @Test
  void yearsWeeksAndDays() {
    gives(
        "to_date('95-1116', 'YY-MMDD')", "1995-11-16",
        "to_date('69', 'YY')", "2069-01-01",
        "to_date('19 85', 'CC YY')", "1885-01-01",
        "to_date('20 00', 'CC YY')", "2000-01-01",
        "to_date('21 5', 'CC Y')", "2005-01-01",
        "to_date('19 1985', 'CC YYYY')", "1985-01-01",
        "to_date('6 99 BC', 'CC YY BC')", "-0598-01-01",
        "to_date('6 BC', 'CC BC')", "-0599-01-01",
        "to_date('995-1116', 'YYY-MMDD')", "1995-11-16",
        "to_date('20000-1116', 'YYYY-MMDD')", "+20000-11-16",
        "to_date('1997 BC 11 16', 'YYYY BC MM DD')", "-1996-11-16",
        "to_date('1,582nd VIII 21', 'Y,YYYth FMRM DD')", "1582-08-21",
        "to_date('2005426', 'YYYYWWD')", "2005-10-15",
        "to_date('2005300', 'YYYYDDD')", "2005-10-27",
        "to_date('2005527', 'IYYYIWID')", "2006-01-01",
        "to_date('2005364', 'IYYYIDDD')", "2006-01-01",
        "to_date('2458872', 'J')", "2020-01-23",
        "to_date('12', 'DD')", "0000-01-12");
    fails("22007", "to_date('2005527', 'YYYYIWID')");
    fails("22007", "to_date('2005 2006', 'YYYY YYYY')");
    fails("22008", "to_date('2016-13-10', 'YYYY-MM-DD')");
    fails("22008", "to_date('2015-02-29', 'YYYY-MM-DD')");
    fails("22008", "to_date('2015 366', 'YYYY DDD')");
  }

  @Test
  void timesAndZones() {
    gives(
        "to_timestamp('05121445482000', 'MMDDHH24MISSYYYY')", "2000-05-12T14:45:48Z",
        "to_timestamp('2000 15:12:02.020.001230', 'YYYY HH24:MI:SS.MS.US')",
            "2000-01-01T15:12:02.021230Z",
        "to_timestamp('2011-12-18 11:38 PM', 'YYYY-MM-DD HH12:MI PM')", "2011-12-18T23:38:00Z",
        "to_timestamp('2011-12-18 11:38 -05:20', 'YYYY-MM-DD HH24:MI TZH:TZM')",
            "2011-12-18T16:58:00Z",
        "to_timestamp('2011-12-18 11:38+0530', 'YYYY-MM-DD HH24:MITZHTZM')", "2011-12-18T06:08:00Z",
        "to_timestamp('2011-12-18 47107', 'YYYY-MM-DD SSSS')", "2011-12-18T13:05:07Z",
        "to_timestamp('97/2/16 8:14:30', 'FMYYYY/FMMM/FMDD FMHH:FMMI:FMSS')",
            "0097-02-16T08:14:30Z");
    fails("22008", "to_timestamp('2011 13 PM', 'YYYY HH12 PM')");
    fails("22008", "to_timestamp('2011 25', 'YYYY HH24')");
  }
}
