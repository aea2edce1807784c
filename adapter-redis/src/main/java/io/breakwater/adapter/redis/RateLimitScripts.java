package io.breakwater.adapter.redis;

import io.breakwater.port.driven.RateLimits;

/**
 * The scripts for rate limits. The value of a key is the time at which its bucket is full again, in microseconds of the
 * clock of Redis; the key expires at that time. Times have three decimals, so that short intervals do not add up to an
 * error. A value of another program counts as a full bucket and is replaced.
 */
final class RateLimitScripts {
    /** The number of arguments for each key: interval in microseconds, burst, cost, and the most tokens to take. */
    static final int ARGUMENTS_PER_KEY = 4;

    /**
     * Takes from all keys or from none. Returns {@code 0} and for each key the tokens taken, the tokens that remain and
     * the microseconds until the next token; or the number of the key that has too few tokens for the longest time, and
     * this time. The last decimals of a time are not exact, so a bucket that lacks a hundredth of a token has it.
     */
    static final Script TAKE = new Script("""
            local time = redis.call('TIME')
            local now = time[1] * 1000000 + time[2]
            local debts, tokens, free = {}, {}, {}
            local last, longest = 0, 0
            local function store(key, debt)
              redis.call('SET', key, string.format('%%.3f', now + debt), 'PX', math.ceil(debt / 1000))
            end
            for i, key in ipairs(KEYS) do
              local a = (i - 1) * %1$d
              local interval, burst, cost = tonumber(ARGV[a + 1]), tonumber(ARGV[a + 2]), tonumber(ARGV[a + 3])
              local stored = redis.pcall('GETRANGE', key, 0, 40)
              local full = type(stored) == 'string' and tonumber(stored) or now
              if full ~= full then
                full = now
              end
              local debt = math.max(full - now, 0)
              local most = (burst + %2$d) * interval
              if debt > most then
                debt = most
                store(key, debt)
              end
              debts[i] = debt
              free[i] = burst * interval - debt
              tokens[i] = math.floor(free[i] / interval + 0.01)
              local needed = math.max(1, cost - %2$d)
              if tokens[i] < needed then
                local missing = needed * interval - free[i]
                if missing > longest then
                  last, longest = i, missing
                end
              end
            end
            if last > 0 then
              return {last, math.ceil(longest)}
            end
            local result = {0}
            for i, key in ipairs(KEYS) do
              local a = (i - 1) * %1$d
              local interval, cost, most = tonumber(ARGV[a + 1]), tonumber(ARGV[a + 3]), tonumber(ARGV[a + 4])
              local taken = math.max(cost, math.min(most, tokens[i]))
              local remaining = tokens[i] - taken
              store(key, debts[i] + taken * interval)
              table.insert(result, taken)
              table.insert(result, remaining)
              table.insert(result, remaining > 0 and 0 or math.max(0, math.ceil(interval - free[i] + taken * interval)))
            end
            return result
            """.formatted(ARGUMENTS_PER_KEY, RateLimits.MAX_OVERDRAFT));

    /** Gives tokens back that were taken. The arguments are for each key the time that they are worth, in microseconds. */
    static final Script GIVE_BACK = new Script("""
            for i, key in ipairs(KEYS) do
              local stored = redis.pcall('GETRANGE', key, 0, 40)
              local left = redis.call('PTTL', key)
              if type(stored) == 'string' and tonumber(stored) and left > 0 then
                redis.call('SET', key, string.format('%.3f', tonumber(stored) - ARGV[i]), 'PX', left)
              end
            end
            return {0}
            """);

    private RateLimitScripts() {}
}
