package dev.pilot.http;

import static java.util.Objects.requireNonNull;

import dev.pilot.api.Door;
import dev.pilot.api.error.Unavailable;
import dev.pilot.http.access.AuditOperations;
import dev.pilot.http.access.AuthOperations;
import dev.pilot.http.access.TokenOperations;
import dev.pilot.http.access.UserOperations;
import dev.pilot.http.call.Operations;
import dev.pilot.http.guard.Certificates;
import dev.pilot.http.guard.CookieOperations;
import dev.pilot.http.guard.Entrance;
import dev.pilot.http.guard.Hops;
import dev.pilot.http.guard.StandIns;
import dev.pilot.http.guard.Throttle;
import dev.pilot.http.guard.Tls;
import dev.pilot.http.project.ProjectOperations;
import dev.pilot.http.project.TaskOperations;
import dev.pilot.http.repo.RepoOperations;
import dev.pilot.http.run.AgentOperations;
import dev.pilot.http.run.ApprovalOperations;
import dev.pilot.http.run.BudgetOperations;
import dev.pilot.http.run.EventOperations;
import dev.pilot.http.run.GraphOperations;
import dev.pilot.http.run.QuotaOperations;
import dev.pilot.http.run.RunOperations;
import dev.pilot.http.run.WorkOperations;
import dev.pilot.http.run.WorkerOperations;
import dev.pilot.http.stream.Sockets;
import dev.pilot.http.stream.Streams;
import dev.pilot.http.system.SystemOperations;
import java.net.URI;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Serves a hub over HTTP. Threads may share it. */
public final class PilotServer implements AutoCloseable {
    private static final int ARRIVALS = 1_024;

    private final Server server;
    private final ServerConnector connector;
    private final Streams streams;
    private final Waits waits;
    private final String scheme;
    private final String host;

    private PilotServer(
            Server server, ServerConnector connector, Streams streams, Waits waits, String scheme, String host) {
        this.server = server;
        this.connector = connector;
        this.streams = streams;
        this.waits = waits;
        this.scheme = scheme;
        this.host = host;
    }

    /**
     * Starts to serve.
     *
     * @param door lets callers in
     * @param config how
     * @return the server; it serves when this returns
     * @throws Unavailable with code {@code address-in-use} if it can't listen there
     * @throws dev.pilot.api.error.InvalidInput if the certificate or its key can't be used
     */
    public static PilotServer start(Door door, HttpConfig config) {
        requireNonNull(door, "door");
        Server server = new Server(threads(config));
        Hops hops = new Hops(config.trustedProxies(), config.forwarding());
        ServerConnector connector = connector(server, hops, config);
        connector.setHost(config.host());
        connector.setPort(config.port());
        // When a hub comes back, all who followed it come back at once.
        connector.setAcceptQueueSize(ARRIVALS);
        connector.setIdleTimeout(config.idleTimeout().toMillis());
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(config.maxConnections(), server));
        server.setErrorHandler(new PlainErrors());
        server.setStopTimeout(config.stopTimeout().toMillis());
        Streams streams = new Streams(config.heartbeat(), config.slowReader(), config.callerCheck());
        Waits waits = new Waits();
        Sockets sockets = new Sockets(server, streams, config.tokenWait());
        StandIns cookies = StandIns.cookies(RequestIds::secret, System::nanoTime);
        Gate gate = new Gate(
                door,
                hops,
                new Visitors(config, cookies),
                new Throttle(config.rates(), System::nanoTime),
                config.callerCheck());
        server.setHandler(new GracefulHandler(new ApiHandler(
                gate,
                new BodyLimits(config),
                operations(door, config, cookies),
                new ApiHandler.Lasting(streams, sockets, waits))));
        String scheme = config.tls() == null ? "http://" : "https://";
        PilotServer started = new PilotServer(server, connector, streams, waits, scheme, config.host());
        try {
            server.start();
        } catch (Exception e) {
            started.close();
            throw new Unavailable("address-in-use", "Can't listen on " + config.host() + ":" + config.port() + ".", e);
        }
        return started;
    }

    private static Operations operations(Door door, HttpConfig config, StandIns cookies) {
        Operations operations = new Operations();
        SystemOperations.add(operations);
        ProjectOperations.add(operations);
        TaskOperations.add(operations);
        GraphOperations.add(operations);
        AgentOperations.add(operations);
        QuotaOperations.add(operations);
        BudgetOperations.add(operations);
        AuditOperations.add(operations);
        WorkerOperations.add(operations);
        RunOperations.add(operations);
        WorkOperations.add(operations, config.claimWait());
        EventOperations.add(operations, config.maxBody(), config.eventWait());
        ApprovalOperations.add(operations);
        RepoOperations.add(operations);
        AuthOperations.add(operations, door);
        UserOperations.add(operations);
        TokenOperations.add(operations);
        CookieOperations.add(operations, StandIns.links(RequestIds::secret, System::nanoTime), cookies);
        return operations;
    }

    private static ServerConnector connector(Server server, Hops hops, HttpConfig config) {
        HttpConnectionFactory http = new HttpConnectionFactory(protocol(config));
        Tls tls = config.tls();
        if (tls == null) {
            return new Entrance(server, hops, config.maxAddressConnections(), config.headerTimeout(), () -> {}, http);
        }
        // By which names it may be called is for allowedHosts to say, not for the certificate: a probe on this machine
        // calls it by an address that stands in few.
        http.getHttpConfiguration().addCustomizer(new SecureRequestCustomizer(false));
        Certificates certificates = new Certificates(tls);
        return new Entrance(
                server,
                hops,
                config.maxAddressConnections(),
                config.headerTimeout(),
                certificates::look,
                new SslConnectionFactory(certificates.context(), http.getProtocol()),
                http);
    }

    private static QueuedThreadPool threads(HttpConfig config) {
        QueuedThreadPool threads = new QueuedThreadPool(config.threads(), Math.min(8, config.threads()));
        threads.setName("pilot-http");
        threads.setDaemon(true);
        if (VirtualThreads.areSupported()) {
            threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
        }
        return threads;
    }

    private static HttpConfiguration protocol(HttpConfig config) {
        HttpConfiguration protocol = new HttpConfiguration();
        protocol.setSendServerVersion(false);
        protocol.setRequestHeaderSize(config.maxHeader());
        protocol.setUriCompliance(UriCompliance.DEFAULT);
        // Two readings of one request are two requests to whoever sits in front.
        protocol.setHttpCompliance(HttpCompliance.STRICT);
        return protocol;
    }

    /**
     * Where it can be reached from this machine.
     *
     * @return such as {@code http://127.0.0.1:7878}
     */
    public URI uri() {
        boolean anywhere = host.equals("0.0.0.0") || host.equals("::") || host.equals("[::]");
        String name = anywhere ? "127.0.0.1" : host;
        return URI.create(
                scheme + (name.contains(":") && !name.startsWith("[") ? "[" + name + "]" : name) + ":" + port());
    }

    /**
     * The port that it listens on.
     *
     * @return the port, also where any was asked for
     */
    public int port() {
        return connector.getLocalPort();
    }

    /**
     * How many connections are open.
     *
     * @return the count, those of streams and of idle clients included
     */
    public int connections() {
        return connector.getConnectedEndPoints().size();
    }

    /** Stops: ends the streams, answers what waits, lets what is being served finish. The hub stays open. */
    @Override
    public void close() {
        streams.close();
        waits.close();
        try {
            server.stop();
        } catch (Exception e) {
            throw new Unavailable("stop-failed", "The server did not stop in good order.", e);
        } finally {
            server.destroy();
        }
    }
}
