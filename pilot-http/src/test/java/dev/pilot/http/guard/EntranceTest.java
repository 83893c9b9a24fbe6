package dev.pilot.http.guard;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EntranceTest {
    @Test
    void whatGoesWrongInOneLookDoesNotEndTheLooking() throws Exception {
        CountDownLatch looks = new CountDownLatch(3);
        Server server = new Server();
        server.addConnector(new Entrance(
                server,
                new Hops(Set.of(), Forwarding.X_FORWARDED),
                10,
                Duration.ofSeconds(1),
                () -> {
                    looks.countDown();
                    throw new IllegalStateException("for the test");
                },
                new HttpConnectionFactory()));
        server.start();
        try {
            assertTrue(looks.await(30, TimeUnit.SECONDS));
        } finally {
            server.stop();
        }
    }
}
