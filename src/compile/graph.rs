//! Directed graphs over numbered nodes: strongly connected components and shortest cycles.
//! Knows nothing of what the nodes are; nothing depends on anything but their numbers.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// For each node, the nodes it points at.
#[derive(Debug, Clone, Default)]
pub(super) struct Graph {
    successors: Vec<BTreeSet<usize>>,
}

impl Graph {
    /// A graph of so many nodes and no edges.
    pub(super) fn new(nodes: usize) -> Graph {
        Graph { successors: vec![BTreeSet::new(); nodes] }
    }

    /// Adds an edge; one from or to a node that is not there is left out.
    pub(super) fn connect(&mut self, from: usize, to: usize) {
        let known = to < self.successors.len();
        if let Some(targets) = self.successors.get_mut(from).filter(|_| known) {
            targets.insert(to);
        }
    }

    fn successors(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        self.successors.get(node).into_iter().flatten().copied()
    }

    /// Whether a node points at another.
    pub(super) fn has_edge(&self, from: usize, to: usize) -> bool {
        self.successors.get(from).is_some_and(|targets| targets.contains(&to))
    }

    /// Strongly connected components, each sorted; what a component points at comes before it.
    pub(super) fn components(&self) -> Vec<Vec<usize>> {
        let mut search = Search::of(self);
        for node in 0..self.successors.len() {
            search.explore(node);
        }
        search.components
    }

    /// The shortest way from one node to another along edges between `allowed` nodes, both ends included. From a node to
    /// itself: a cycle, which names it at both ends.
    pub(super) fn path(
        &self,
        from: usize,
        to: usize,
        allowed: &BTreeSet<usize>,
    ) -> Option<Vec<usize>> {
        let mut origin: BTreeMap<usize, usize> = BTreeMap::new();
        let mut queue = VecDeque::from([from]);
        while let Some(node) = queue.pop_front() {
            let new = |next: &usize| allowed.contains(next) && !origin.contains_key(next);
            let found: Vec<usize> = self.successors(node).filter(new).collect();
            origin.extend(found.iter().map(|next| (*next, node)));
            queue.extend(found);
            if origin.contains_key(&to) {
                return Some(trace(from, to, &origin));
            }
        }
        None
    }

    /// One shortest cycle for each component that has any, from its first node on; the first node is not repeated.
    pub(super) fn cycles(&self) -> Vec<Vec<usize>> {
        let cycle = |component: &Vec<usize>| {
            let allowed = component.iter().copied().collect();
            component
                .iter()
                .filter_map(|node| self.path(*node, *node, &allowed))
                .min_by_key(Vec::len)
                .map(|mut cycle| {
                    cycle.pop();
                    cycle
                })
        };
        self.components().iter().filter_map(cycle).collect()
    }
}

fn trace(from: usize, to: usize, origin: &BTreeMap<usize, usize>) -> Vec<usize> {
    let mut path = vec![to];
    let mut node = to;
    while let Some(before) = origin.get(&node) {
        path.push(*before);
        node = *before;
        if node == from {
            break;
        }
    }
    path.reverse();
    path
}

/// Tarjan's algorithm without recursion, so that no chain of definitions is too long for it.
struct Search<'g> {
    graph: &'g Graph,
    /// Order of discovery by node.
    order: BTreeMap<usize, usize>,
    /// Earliest node on the stack that a node reaches, by order of discovery.
    low: BTreeMap<usize, usize>,
    stack: Vec<usize>,
    on_stack: BTreeSet<usize>,
    components: Vec<Vec<usize>>,
}

impl<'g> Search<'g> {
    fn of(graph: &'g Graph) -> Search<'g> {
        Search {
            graph,
            order: BTreeMap::new(),
            low: BTreeMap::new(),
            stack: Vec::new(),
            on_stack: BTreeSet::new(),
            components: Vec::new(),
        }
    }

    fn explore(&mut self, root: usize) {
        if self.order.contains_key(&root) {
            return;
        }
        let mut work = vec![self.enter(root)];
        while let Some((node, targets)) = work.last_mut() {
            let node = *node;
            match targets.pop_front() {
                Some(next) if !self.order.contains_key(&next) => work.push(self.enter(next)),
                Some(next) if self.on_stack.contains(&next) => {
                    let order = self.order.get(&next).copied();
                    self.lower(node, order);
                }
                Some(_) => {}
                None => {
                    work.pop();
                    self.leave(node, work.last().map(|(parent, _)| *parent));
                }
            }
        }
    }

    fn enter(&mut self, node: usize) -> (usize, VecDeque<usize>) {
        let order = self.order.len();
        self.order.insert(node, order);
        self.low.insert(node, order);
        self.stack.push(node);
        self.on_stack.insert(node);
        (node, self.graph.successors(node).collect())
    }

    fn lower(&mut self, node: usize, to: Option<usize>) {
        if let (Some(low), Some(to)) = (self.low.get_mut(&node), to) {
            *low = (*low).min(to);
        }
    }

    fn leave(&mut self, node: usize, parent: Option<usize>) {
        if let Some(parent) = parent {
            self.lower(parent, self.low.get(&node).copied());
        }
        if self.low.get(&node) != self.order.get(&node) {
            return;
        }
        let mut component = Vec::new();
        while let Some(member) = self.stack.pop() {
            self.on_stack.remove(&member);
            component.push(member);
            if member == node {
                break;
            }
        }
        component.sort_unstable();
        self.components.push(component);
    }
}

#[cfg(test)]
mod tests {
    use super::Graph;

    fn graph(nodes: usize, edges: &[(usize, usize)]) -> Graph {
        let mut graph = Graph::new(nodes);
        for (from, to) in edges {
            graph.connect(*from, *to);
        }
        graph
    }

    #[test]
    fn components_come_after_what_they_point_at() {
        let graph = graph(6, &[(0, 1), (1, 2), (2, 1), (2, 3), (4, 4), (0, 4), (5, 0)]);
        assert_eq!(graph.components(), [vec![3], vec![1, 2], vec![4], vec![0], vec![5]]);
        assert_eq!(graph.cycles(), [vec![1, 2], vec![4]]);
    }

    #[test]
    fn a_parent_learns_only_of_what_is_still_open() {
        // 0 -> 1 -> 2 -> 1, and 0 -> 2: 0 is no part of the cycle.
        assert_eq!(graph(3, &[(0, 1), (1, 2), (2, 1), (0, 2)]).components(), [vec![1, 2], vec![0]]);
    }

    #[test]
    fn the_shortest_cycle_is_told() {
        let graph = graph(4, &[(0, 1), (1, 2), (2, 3), (3, 0), (2, 1)]);
        assert_eq!(graph.cycles(), [vec![1, 2]]);
    }

    #[test]
    fn a_long_chain_needs_no_deep_stack() {
        let edges: Vec<(usize, usize)> = (0..100_000).map(|node| (node, node + 1)).collect();
        assert_eq!(graph(100_001, &edges).components().len(), 100_001);
    }
}
