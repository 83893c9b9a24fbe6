package dev.pilot.http;

import dev.pilot.wire.route.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the route of a path: a tree of segments, in which a literal goes before a variable. Threads may share it. */
final class Router {
    private final Node root = new Node();

    /**
     * What was found.
     *
     * @param route the route; null if the path is known, but not with this method
     * @param variables the path's variables
     * @param allowed the methods that the path knows
     */
    record Match(@Nullable Route<?, ?> route, Map<String, String> variables, Set<String> allowed) {}

    private static final class Node {
        private final Map<String, Node> literals = new HashMap<>();
        private final Map<String, Route<?, ?>> routes = new HashMap<>();
        private @Nullable Node variable;
        private String name = "";
    }

    Router(List<Route<?, ?>> routes) {
        routes.forEach(this::add);
    }

    private void add(Route<?, ?> route) {
        Node node = root;
        for (String segment : segments(route.template())) {
            if (segment.startsWith("{")) {
                if (node.variable == null) {
                    node.variable = new Node();
                }
                node = node.variable;
                node.name = segment.substring(1, segment.length() - 1);
            } else {
                node = node.literals.computeIfAbsent(segment, unused -> new Node());
            }
        }
        node.routes.put(route.method(), route);
    }

    /** Null if there is no such path. An id may be spelled like a literal, so all that fits is looked at. */
    @Nullable
    Match find(String method, String path) {
        List<Match> found = new ArrayList<>();
        search(root, segments(path), 0, Map.of(), method.equals("HEAD") ? "GET" : method, found);
        if (found.isEmpty()) {
            return null;
        }
        Set<String> allowed = new TreeSet<>();
        for (Match match : found) {
            if (match.route() != null) {
                return match;
            }
            allowed.addAll(match.allowed());
        }
        return new Match(null, Map.of(), allowed);
    }

    private static void search(
            Node node, List<String> path, int depth, Map<String, String> variables, String method, List<Match> found) {
        if (depth == path.size()) {
            if (!node.routes.isEmpty()) {
                Set<String> allowed = new TreeSet<>(node.routes.keySet());
                if (allowed.contains("GET")) {
                    allowed.add("HEAD");
                }
                found.add(new Match(node.routes.get(method), variables, allowed));
            }
            return;
        }
        String segment = path.get(depth);
        Node literal = node.literals.get(segment);
        if (literal != null) {
            search(literal, path, depth + 1, variables, method, found);
        }
        if (node.variable != null && !segment.isEmpty()) {
            Map<String, String> more = new HashMap<>(variables);
            more.put(node.variable.name, segment);
            search(node.variable, path, depth + 1, more, method, found);
        }
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>(6);
        int from = 1;
        for (int slash = path.indexOf('/', from); slash >= 0; slash = path.indexOf('/', from)) {
            segments.add(path.substring(from, slash));
            from = slash + 1;
        }
        segments.add(path.substring(Math.min(from, path.length())));
        return segments;
    }
}
