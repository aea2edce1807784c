package peer;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.hash.ReactiveHashCommands;
import io.quarkus.redis.datasource.sortedset.ReactiveSortedSetCommands;
import io.quarkus.redis.datasource.sortedset.ZRangeArgs;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/** What the shop has in Redis. */
@Singleton
public class ShopRedis {
    private static final String RANKING = "ranking";
    private static final String MEMBER = "product:";

    private final Redis redis;
    private final ReactiveSortedSetCommands<String, String> rankings;
    private final ReactiveHashCommands<String, String, String> carts;

    ShopRedis(Redis redis, ReactiveRedisDataSource data) {
        this.redis = redis;
        this.rankings = data.sortedSet(String.class);
        this.carts = data.hash(String.class);
    }

    Uni<List<Integer>> mostPopular(int number) {
        return rankings.zrange(RANKING, 0, number - 1, new ZRangeArgs().rev())
                .map(members -> members.stream()
                        .map(member -> Integer.valueOf(member.substring(MEMBER.length())))
                        .toList());
    }

    Uni<Map<String, String>> cart(String user) {
        return carts.hgetall("cart:" + user);
    }

    /** The commands are sent as a pipeline. */
    Uni<Long> addOrder(String user, int product, String order) {
        return redis.batch(List.of(
                        Request.cmd(Command.INCR).arg("checkouts:" + user),
                        Request.cmd(Command.ZINCRBY).arg(RANKING).arg(1).arg(MEMBER + product),
                        Request.cmd(Command.RPUSH).arg("orders:" + user).arg(order)))
                .map(responses -> responses.get(0).toLong());
    }
}
