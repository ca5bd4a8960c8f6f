"""The handbook for counsellors: pages made from real edits, real messages and real screens."""
