-- What each caller's queries on a database have cost on a day (UTC), in the planner's units.
CREATE TABLE budgets (
    day         date             NOT NULL,
    data_source text             COLLATE "C" NOT NULL,
    caller      text             COLLATE "C" NOT NULL,
    spent       double precision NOT NULL,
    PRIMARY KEY (day, data_source, caller)
);
