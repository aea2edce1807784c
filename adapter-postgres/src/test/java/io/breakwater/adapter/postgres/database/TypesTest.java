package io.breakwater.adapter.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.driven.SqlGateway.ResultColumn;
import io.breakwater.sample.postgres.PostgresServer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("server")
class TypesTest {

    /** SQL, how it is written as JSON, how its type is called. */
    private static final String VALUES = """
            true                                    | true                                | boolean
            32767::int2                             | 32767                               | smallint
            (-2147483648)::int4                     | -2147483648                         | integer
            9223372036854775807                     | 9223372036854775807                 | bigint
            1.10::numeric                           | 1.10                                | numeric
            -0.000000000000000000000000000001       | -0.000000000000000000000000000001   | numeric
            1e30::numeric                           | 1000000000000000000000000000000     | numeric
            'NaN'::numeric                          | "NaN"                               | numeric
            '-Infinity'::numeric                    | "-Infinity"                         | numeric
            0.1::float4                             | 0.1                                 | real
            0.1::float8 + 0.2                       | 0.30000000000000004                 | double precision
            1e300::float8                           | 1e+300                              | double precision
            '-0'::float8                            | -0                                  | double precision
            'Infinity'::float8                      | "Infinity"                          | double precision
            'NaN'::float4                           | "NaN"                               | real
            '$1,234.50'::money                      | "$1,234.50"                         | money
            'x'::"char"                             | "x"                                 | "char"
            'ab'::char(3)                           | "ab "                               | character
            'ab'::varchar(3)                        | "ab"                                | character varying
            'n'::name                               | "n"                                 | name
            26::oid                                 | 26                                  | oid
            E'a"b\\\\c\\n\\t\\u0001é👩‍🚀'          | "a\\"b\\\\c\\n\\t\\u0001é👩‍🚀"     | text
            NULL::text                              | null                                | text
            '\\xdeadbeef00'::bytea                  | "3q2+7wA="                          | bytea
            ''::bytea                               | ""                                  | bytea
            DATE '2024-02-29'                       | "2024-02-29"                        | date
            DATE '0044-03-15 BC'                    | "-0043-03-15"                       | date
            DATE '0001-03-15 BC'                    | "0000-03-15"                        | date
            DATE '12345-01-02'                      | "+12345-01-02"                      | date
            'infinity'::date                        | "infinity"                          | date
            TIME '04:05:06.789'                     | "04:05:06.789"                      | time without time zone
            TIMETZ '04:05:06-08'                    | "04:05:06-08:00"                    | time with time zone
            TIMETZ '04:05:06+05:30'                 | "04:05:06+05:30"                    | time with time zone
            TIMESTAMP '2024-02-29 12:34:56.5'       | "2024-02-29T12:34:56.5"             | timestamp without time zone
            TIMESTAMPTZ '2024-02-29 12:34:56+02'    | "2024-02-29T10:34:56Z"              | timestamp with time zone
            '-infinity'::timestamptz                | "-infinity"                         | timestamp with time zone
            TIMESTAMP '0044-03-15 10:00 BC'         | "-0043-03-15T10:00:00"              | timestamp without time zone
            INTERVAL '1 year 2 mons 3 days 04:05:06.7' | "P1Y2M3DT4H5M6.7S"               | interval
            INTERVAL '-1 day 1 hour'                | "P-1DT1H"                           | interval
            INTERVAL '0'                            | "PT0S"                              | interval
            'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid | "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11" | uuid
            '{"a": 1.50,  "a": [null]}'::json       | {"a": 1.50,  "a": [null]}           | json
            E'[1,\\n2]'::json                       | [1, 2]                              | json
            '{"b": 1e400, "a": 1}'::jsonb::text = '' | false                              | boolean
            '{"b": 2, "a": 1.10}'::jsonb            | {"a": 1.10, "b": 2}                 | jsonb
            'null'::jsonb                           | null                                | jsonb
            '<a/>'::xml                             | "<a/>"                              | xml
            '10.0.0.1/8'::inet                      | "10.0.0.1/8"                        | inet
            int4range(1, 5)                         | "[1,5)"                             | int4range
            ROW(1, 'x')                             | "(1,x)"                             | record
            B'101'                                  | "101"                               | bit
            'fat & rat'::tsquery                    | "'fat' & 'rat'"                     | tsquery
            point(1, 2)                             | "(1,2)"                             | point
            ARRAY[1, NULL, 3]                       | [1,null,3]                          | integer[]
            ARRAY[[1, 2], [3, 4]]                   | [[1,2],[3,4]]                       | integer[]
            '{}'::int[]                             | []                                  | integer[]
            '[0:1]={7,8}'::int[]                    | [7,8]                               | integer[]
            ARRAY['a,b', 'NULL', NULL, '', 'q"\\{}'] | ["a,b","NULL",null,"","q\\"\\\\{}"] | text[]
            ARRAY[1.10, 'NaN'::numeric]             | [1.10,"NaN"]                        | numeric[]
            ARRAY[true, false]                      | [true,false]                        | boolean[]
            ARRAY['\\x00ff'::bytea]                 | ["AP8="]                            | bytea[]
            ARRAY['{"a": [1]}'::jsonb]              | [{"a": [1]}]                        | jsonb[]
            ARRAY[TIMESTAMPTZ '2024-01-01 00:00+00'] | ["2024-01-01T00:00:00Z"]           | timestamp with time zone[]
            ARRAY[box '(1,1),(0,0)', box '(2,2),(1,1)'] | ["(1,1),(0,0)","(2,2),(1,1)"]   | box[]
            ARRAY[ROW(1, 'x"')]                     | ["(1,\\"x\\"\\"\\")"]               | record[]
            '1 2 3'::int2vector                     | [1,2,3]                             | int2vector
            ''::oidvector                           | []                                  | oidvector
            'happy'::mood                           | "happy"                             | mood
            ARRAY['happy', 'sad']::mood[]           | ["happy","sad"]                     | mood[]
            5::positive                             | 5                                   | integer
            ARRAY[5]::positive[]                    | [5]                                 | positive[]
            ROW(1.50, 'x')::pair                    | "(1.50,x)"                          | pair
            """;

    @RegisterExtension
    final Databases databases = new Databases(PostgresServer.newest());

    private void prepare(Databases databases) {
        databases.prepare(
                "CREATE TYPE mood AS ENUM ('sad', 'happy')",
                "CREATE DOMAIN positive AS int CHECK (value > 0)",
                "CREATE TYPE pair AS (a numeric, b text)");
    }

    @Test
    void writesEveryTypeFaithfully() {
        prepare(databases);
        // The role may set what it likes for itself; nothing of it shows.
        databases.prepare(
                "ALTER ROLE reader IN DATABASE " + databases.name() + " SET DateStyle TO 'German, DMY'",
                "ALTER ROLE reader IN DATABASE " + databases.name() + " SET IntervalStyle TO 'postgres_verbose'",
                "ALTER ROLE reader IN DATABASE " + databases.name() + " SET TimeZone TO 'Asia/Kathmandu'",
                "ALTER ROLE reader IN DATABASE " + databases.name() + " SET bytea_output TO 'escape'",
                "ALTER ROLE reader IN DATABASE " + databases.name() + " SET extra_float_digits TO '-10'",
                "ALTER ROLE reader IN DATABASE " + databases.name() + " SET standard_conforming_strings TO off");
        check(databases);
    }

    private static void check(Databases databases) {
        var database = databases.open(databases.settings().withAllowedFunctions("public.*"));
        assertThat(VALUES.lines()).allSatisfy(line -> {
            var parts = line.split(" +\\| +", 3);
            var rows = Queries.rows(database, "SELECT " + parts[0] + " AS v");

            assertThat(Queries.text(rows)).as(line).isEqualTo("[{\"v\":" + parts[1].strip() + "}]");
            assertThat(rows.columns()).as(line).containsExactly(new ResultColumn("v", parts[2].strip()));
        });
    }

    @Nested
    @Tag("debian")
    class InOldPostgres {
        @RegisterExtension
        final Databases old = new Databases(PostgresServer.oldest());

        @Test
        void writesEveryTypeFaithfully() {
            prepare(old);
            check(old);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 1 AS id, 2 AS id, 3 AS id_2       | id id_3 id_2",
                "SELECT 1, 2                              | ?column? ?column?_2",
                "SELECT 1 AS \"a\"\"b\", 2 AS \"ä\"       | a\"b ä",
            })
    void givesEveryColumnANameOfItsOwn(String sql, String names) {
        var rows = Queries.rows(databases.open(), sql);

        assertThat(rows.columns()).extracting(ResultColumn::name).containsExactly(names.split(" "));
    }
}
