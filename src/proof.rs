//! Why a conclusion stands: the facts it rests on, its witnesses, what is still open.
