-- What a principal or a tenant has used of a quota on a day (UTC): calls, rows of statements, or the cost of statements in
-- the planner's units. The owner is the id of the principal or the name of the tenant, or a digest of it.
CREATE TABLE quotas (
    day   date             NOT NULL,
    scope text             COLLATE "C" NOT NULL,
    owner text             COLLATE "C" NOT NULL,
    kind  text             COLLATE "C" NOT NULL,
    used  double precision NOT NULL,
    PRIMARY KEY (day, scope, owner, kind)
);

-- The table budgets stays for servers of the previous version that are still running.
INSERT INTO quotas (day, scope, owner, kind, used)
    SELECT day, 'principal', caller, 'cost', sum(spent) FROM budgets GROUP BY day, caller;
