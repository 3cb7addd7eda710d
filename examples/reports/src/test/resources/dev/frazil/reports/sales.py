"""Reads and writes tables from Python: JPype starts a JVM in the process, its dbapi2 is Python's usual database interface.

Arguments: JDBC URL of the shop (with clientTypes=basic, for Python has no uuid of Java), driver jar.
"""

import datetime
import os
import sys

import jpype
import jpype.dbapi2

URL, JAR = sys.argv[1:3]
# Debian's package keeps JPype's own classes here; the package of pip needs the driver jar only.
SUPPORT = "/usr/share/java/org.jpype.jar"
jpype.startJVM(classpath=[JAR] + ([SUPPORT] if os.path.exists(SUPPORT) else []))

with jpype.dbapi2.connect(URL) as db:
    with db.cursor() as query:
        query.execute(
            """SELECT id, region, day, quantity, amount, discount, paid, sold_at,
                 shipped_at, pickup, receipt
               FROM sales WHERE id <= ? ORDER BY id""",
            (2,))
        print("columns =", *[column[0] for column in query.description])
        for row in query:
            print("row =", *row)
        query.execute("SELECT logo FROM regions WHERE name = 'West'")
        print("logo =", bytes(query.fetchone()[0])[1:4].decode())

    # Autocommit is off here: what is not committed is rolled back.
    with db.cursor() as change:
        change.execute("CREATE TABLE from_python (id bigint PRIMARY KEY, day date, amount decimal(10,2), note varchar)")
        # JPype 1.4 has no setter for Decimal: a decimal is given as text, without loss.
        change.executemany(
            "INSERT INTO from_python VALUES (?, ?, ?, ?)",
            [
                (1, datetime.date(2026, 1, 31), "9.90", "Żur"),
                (2, datetime.date(2026, 2, 1), "12.50", None),
            ])
        db.commit()
        change.execute("DELETE FROM from_python")
        db.rollback()
        change.execute("SELECT count(*), sum(amount), max(note) FROM from_python")
        print("kept =", *change.fetchone())
    try:
        with db.cursor() as wrong:
            wrong.execute("SELECT nothing FROM from_python")
    except jpype.dbapi2.ProgrammingError as error:
        print("error =", "nothing" in str(error))
